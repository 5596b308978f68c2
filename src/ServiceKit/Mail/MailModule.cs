using BooksForYou.ServiceKit.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace BooksForYou.ServiceKit.Mail;

/// <summary>What sends mails, as the module of a service adds it; see docs/mail.md.</summary>
public static class MailModule
{
    internal const string DefaultShop = "http://localhost:5000";

    /// <summary>Adds the settings, <see cref="MailSettings"/> and the <see cref="IMailTransport"/> that they ask for. Added by several services of one
    /// process, they share them.</summary>
    /// <param name="builder">The process.</param>
    public static void AddMail(this ServiceApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddSetting("SHOP_ADDRESS", "Address of the shop in the web, for links in mails.", DefaultShop, new SettingFormat(
            "an address such as https://shop.example",
            value => Uri.TryCreate(value, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"));
        builder.AddSetting("SMTP_HOST", "Mail server that mails are sent by. Without one they are written to DATA_DIR/mail/.");
        builder.AddSetting("SMTP_PORT", "Port of the mail server. Default 587, with SMTP_TLS implicit 465, with none 25.", format: SettingFormat.WholeNumber(1, ushort.MaxValue));
        builder.AddSetting("SMTP_TLS", "Encryption to the mail server: starttls, implicit or none.", "starttls", SettingFormat.OneOf("starttls", "implicit", "none"));
        builder.AddSetting("SMTP_USER", "User at the mail server, if it wants one.");
        builder.AddSetting("SMTP_PASSWORD", "Password at the mail server.", isSecret: true);
        builder.AddSetting("SMTP_CA_FILE", "PEM file of the certificate authorities that the mail server's certificate may come from. Default: those of the system.");
        builder.AddSetting(
            "MAIL_FROM",
            "Address that mails come from, such as Our Shop <shop@example.com>. Needed with SMTP_HOST.",
            format: new SettingFormat("a mail address, such as Our Shop <shop@example.com>", value => MailAddress.Parse(value) is not null));
        builder.Services.TryAddSingleton(provider => MailSettings.Read(provider.GetRequiredService<IConfiguration>()));
        builder.Services.TryAddSingleton<IMailTransport>(provider => provider.GetRequiredService<MailSettings>() is { Host: null } settings
            ? new FolderTransport(settings.Folder)
            : new SmtpTransport(provider.GetRequiredService<MailSettings>()));
    }
}
