namespace BooksForYou.Accounts.Mails;

/// <summary>A link that is about to be mailed, and its secret, which is in the mail and nowhere else.</summary>
internal sealed record NewMailLink(string AccountId, MailLinkPurpose Purpose, string Secret)
{
    /// <summary>Nothing of the secret.</summary>
    public override string ToString() => Purpose.Name;
}
