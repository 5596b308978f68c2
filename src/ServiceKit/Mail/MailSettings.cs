using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace BooksForYou.ServiceKit.Mail;

/// <summary>How mails are sent; see docs/mail.md.</summary>
public sealed class MailSettings
{
    internal const string DefaultFrom = "Online Books For You <orders@books.example>";

    /// <summary>The mail server; null to write mails into <see cref="Folder"/> instead.</summary>
    internal string? Host { get; init; }

    internal int Port { get; init; }

    internal SmtpTls Tls { get; init; }

    internal string? User { get; init; }

    internal string? Password { get; init; }

    /// <summary>A file in PEM format with certificate authorities to trust instead of the system's; null for those.</summary>
    internal string? CertificateAuthorities { get; init; }

    /// <summary>Who mails come from.</summary>
    public required MailAddress From { get; init; }

    /// <summary>Where the shop is in the web, for links in mails; ends in a slash.</summary>
    public required Uri Shop { get; init; }

    internal string Folder { get; init; } = "";

    /// <summary>Reads the settings.</summary>
    /// <exception cref="FormatException">They do not go together.</exception>
    internal static MailSettings Read(IConfiguration configuration)
    {
        string? Value(string name) => configuration[name]?.Trim() is { Length: > 0 } text ? text : null;

        var tls = Enum.Parse<SmtpTls>(Value("SMTP_TLS") ?? nameof(SmtpTls.StartTls), ignoreCase: true);
        var shop = Value("SHOP_ADDRESS") ?? MailModule.DefaultShop;
        var settings = new MailSettings
        {
            Host = Value("SMTP_HOST"),
            Port = Value("SMTP_PORT") is { } port ? int.Parse(port, CultureInfo.InvariantCulture) : DefaultPort(tls),
            Tls = tls,
            User = Value("SMTP_USER"),
            Password = configuration["SMTP_PASSWORD"] is { Length: > 0 } password ? password : null,
            CertificateAuthorities = Value("SMTP_CA_FILE"),
            From = MailAddress.Parse(Value("MAIL_FROM") ?? DefaultFrom) ?? throw new FormatException("MAIL_FROM is no mail address."),
            Shop = new Uri(shop.EndsWith('/') ? shop : shop + "/"),
            Folder = Path.Combine(Value("DATA_DIR") ?? "data", "mail"),
        };
        return settings.Host is null ? settings : Checked(settings, Value("MAIL_FROM") is not null);
    }

    private static int DefaultPort(SmtpTls tls) => tls switch
    {
        SmtpTls.Implicit => 465,
        SmtpTls.StartTls => 587,
        _ => 25,
    };

    private static MailSettings Checked(MailSettings settings, bool hasFrom) => settings switch
    {
        _ when !hasFrom => throw new FormatException("MAIL_FROM is not set; with SMTP_HOST it must be: the address that mails come from."),
        { User: not null, Password: null } or { User: null, Password: not null } => throw new FormatException("SMTP_USER and SMTP_PASSWORD must both be set, or neither."),
        { User: not null, Tls: SmtpTls.None } => throw new FormatException("SMTP_TLS is none; with SMTP_USER it must be starttls or implicit, or the password could be read on the way."),
        _ => settings,
    };
}
