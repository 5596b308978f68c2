namespace BooksForYou.ServiceKit.Mail;

/// <summary>How patient a delivery is.</summary>
/// <param name="Attempts">How often a mail is tried before it is given up.</param>
/// <param name="Pause">The pause after the first failed attempt. It doubles with each further one, up to an hour.</param>
/// <param name="LeaseTime">For how long a mail is in the hands of the process that sends it. A mail server has half of it to take a mail.</param>
/// <param name="PollInterval">The time between two looks for mails that other processes have written or left.</param>
public sealed record MailPacing(int Attempts, TimeSpan Pause, TimeSpan LeaseTime, TimeSpan PollInterval);
