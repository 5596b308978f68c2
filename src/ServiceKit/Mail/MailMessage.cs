namespace BooksForYou.ServiceKit.Mail;

/// <summary>A mail in plain text and in HTML.</summary>
/// <param name="Id">What the mail is told from others by, the same for every copy: its <c>Message-ID</c> without the domain.</param>
/// <param name="Date">When it was written.</param>
/// <param name="From">Who sends it.</param>
/// <param name="To">Who gets it.</param>
/// <param name="Subject">The subject, one line.</param>
/// <param name="Text">The text, for those who do not want the HTML.</param>
/// <param name="Html">The same as a page.</param>
public sealed record MailMessage(string Id, DateTimeOffset Date, MailAddress From, MailAddress To, string Subject, string Text, string Html)
{
    /// <summary>Where one click ends such mails (RFC 8058); null for a mail that answers what its receiver did.</summary>
    public Uri? Unsubscribe { get; init; }

    /// <summary>Nothing of the mail: it is personal.</summary>
    public override string ToString() => $"mail {Id}";
}
