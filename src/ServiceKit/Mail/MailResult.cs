namespace BooksForYou.ServiceKit.Mail;

/// <summary>What became of an attempt to send a mail.</summary>
/// <param name="MailId">The mail.</param>
/// <param name="Attempt">The how manieth attempt it was, from 1.</param>
/// <param name="State">Sent, given up, or waiting for the next attempt at <paramref name="Due"/>.</param>
/// <param name="Due">When the next attempt may begin.</param>
/// <param name="Problem">What went wrong; never an address or a server's own words, which may repeat one.</param>
public sealed record MailResult(string MailId, int Attempt, MailState State, DateTimeOffset Due = default, string Problem = "");
