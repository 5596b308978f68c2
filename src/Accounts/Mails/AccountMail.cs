using System.Net;
using BooksForYou.ServiceKit.Mail;

namespace BooksForYou.Accounts.Mails;

/// <summary>Writes mails to the owners of accounts. What they typed goes into the text only, and there as text.</summary>
internal sealed class AccountMail(MailSettings settings)
{
    private const string Shop = "Online Books For You";

    // Where the link stands. Nobody can type it: names and texts have no control characters.
    private const string LinkMark = "\u0001";

    public MailMessage Write(OutgoingMail mail, NewMailLink link)
    {
        var address = new Uri(settings.Shop, $"{link.Purpose.Path}?link={link.Secret}");
        var (subject, paragraphs) = mail.Kind switch
        {
            MailKind.Welcome => ($"Welcome to {Shop}", WelcomeText()),
            MailKind.Confirm => ($"Confirm your e-mail address at {Shop}", ConfirmText()),
            MailKind.Reset => ($"Set a new password at {Shop}", ResetText()),
            _ => (mail.Subject ?? "", CampaignText(mail.Body ?? "")),
        };
        var all = paragraphs.Prepend($"Hello {mail.Name},").ToList();
        return new MailMessage(
            mail.MailId,
            mail.CreatedAt,
            settings.From,
            MailAddress.Of(mail.Email),
            subject,
            Text(all, address),
            Html(subject, all, address))
        {
            Unsubscribe = link.Purpose == MailLinkPurpose.Unsubscribe ? address : null,
        };
    }

    private static IEnumerable<string> WelcomeText() =>
    [
        $"your account at {Shop} is open.",
        $"Please confirm that this is your address, within three days:\n{LinkMark}",
        "If it was not you who opened it, somebody has mistyped an address: without this link nothing is sent to it again.",
    ];

    private static IEnumerable<string> ConfirmText() =>
        [$"please confirm that this is your address, within three days:\n{LinkMark}", "If it was not you who asked for this mail, you need do nothing."];

    private static IEnumerable<string> ResetText() =>
    [
        $"somebody has asked to set a new password for your account at {Shop}. If it was you, do it here, within 30 minutes:\n{LinkMark}",
        "The link works once. Whoever has it can set the password: keep it to yourself.",
        "If it was not you, you need do nothing: your password stays as it is.",
    ];

    private static IEnumerable<string> CampaignText(string body) =>
    [
        .. body.ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
        $"You get this mail since you agreed to mails about offers. To get no more of them:\n{LinkMark}",
    ];

    private static string Text(IEnumerable<string> paragraphs, Uri link) =>
        string.Join("\n\n", paragraphs.Select(paragraph => paragraph.Replace(LinkMark, link.AbsoluteUri, StringComparison.Ordinal))) + $"\n\n{Shop}\n";

    private static string Html(string title, IEnumerable<string> paragraphs, Uri link)
    {
        var anchor = $"<a href=\"{Escape(link.AbsoluteUri)}\">{Escape(link.AbsoluteUri)}</a>";
        var body = paragraphs.Select(paragraph =>
            $"<p>{Escape(paragraph).Replace("\n", "<br>", StringComparison.Ordinal).Replace(LinkMark, anchor, StringComparison.Ordinal)}</p>\n");
        return $"""
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><title>{Escape(title)}</title></head>
            <body style="font-family:sans-serif;color:#222;max-width:40em">
            {string.Concat(body)}<p>{Shop}</p>
            </body></html>

            """;
    }

    private static string Escape(string text) => WebUtility.HtmlEncode(text);
}
