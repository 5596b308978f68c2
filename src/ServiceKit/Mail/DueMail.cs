namespace BooksForYou.ServiceKit.Mail;

/// <summary>A mail that an outbox has handed out to be sent.</summary>
/// <param name="Attempt">The how manieth attempt this is, from 1.</param>
/// <param name="Message">The mail. Its id is the same at every attempt.</param>
/// <param name="Trace">The trace of the request that asked for it, as <c>TraceParent</c> writes it; empty for none.</param>
public sealed record DueMail(int Attempt, MailMessage Message, string Trace = "");
