namespace BooksForYou.Accounts.Mails;

/// <summary>What a link in a mail is good for.</summary>
/// <param name="Name">Its name in the database.</param>
/// <param name="Path">The page of the shop that it leads to.</param>
/// <param name="Life">How long it works, from when the mail was sent; null for ever.</param>
internal sealed record MailLinkPurpose(string Name, string Path, TimeSpan? Life)
{
    public static readonly MailLinkPurpose Reset = new("RESET", "reset", TimeSpan.FromMinutes(30));
    public static readonly MailLinkPurpose Confirm = new("CONFIRM", "confirm", TimeSpan.FromDays(3));
    public static readonly MailLinkPurpose Unsubscribe = new("UNSUBSCRIBE", "unsubscribe", null);

    /// <summary>The purpose of the link in a mail.</summary>
    /// <param name="kind">The mail's <see cref="MailKind"/>.</param>
    public static MailLinkPurpose Of(string kind) => kind switch
    {
        MailKind.Reset => Reset,
        MailKind.Campaign => Unsubscribe,
        _ => Confirm,
    };
}
