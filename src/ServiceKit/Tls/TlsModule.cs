using BooksForYou.ServiceKit.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace BooksForYou.ServiceKit.Tls;

/// <summary>Encrypted calls between services, and who has to prove who it is; see docs/tls.md.</summary>
internal static class TlsModule
{
    public const string Require = "require";

    public static readonly Setting Certificate = new(
        "TLS_CERT", "PEM file with the certificate of this process: calls are encrypted then, those that come in and those that go out.");

    public static readonly Setting Key = new("TLS_KEY", "PEM file with the private key of TLS_CERT.");

    public static readonly Setting Authorities = new(
        "TLS_CA", "PEM file with the certificate authorities that the certificates of other services have to come from.");

    public static readonly Setting ClientCertificate = new(
        "TLS_CLIENT_CERT", "Whether callers have to show a certificate of TLS_CA: none or require (mutual TLS).")
    {
        Default = "none",
        Format = SettingFormat.OneOf("none", Require),
    };

    private static readonly Setting WebCertificate = new("HTTPS_CERT", "PEM file with the certificate of the web pages: they are served on HTTPS_PORT then.");

    private static readonly Setting WebKey = new("HTTPS_KEY", "PEM file with the private key of HTTPS_CERT.");

    public static void AddTls(this ServiceApplicationBuilder builder)
    {
        var settings = builder.Settings;
        settings.Add(Certificate);
        settings.Add(Key);
        settings.Add(Authorities);
        settings.Add(ClientCertificate);
        settings.AddCheck(() => Problems(settings));
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<TlsLog>();
        builder.Services.AddSingleton<CertificateWatch>();
        builder.Services.AddSingleton<PeerTls>();
        builder.Services.AddSingleton<ServerTls>();
        builder.Services.AddSingleton<ClientTls>();
    }

    /// <summary>Adds the settings of encrypted web pages.</summary>
    public static void AddWebTls(this ServiceApplicationBuilder builder)
    {
        var settings = builder.Settings;
        settings.Add(HostingModule.HttpsPort);
        settings.Add(WebCertificate);
        settings.Add(WebKey);
        settings.AddCheck(() => [.. Missing(settings, [WebCertificate.Name, WebKey.Name]), .. Unusable(WebFilesOf(settings))]);
    }

    /// <summary>Where the certificate of the web pages is; null when they are not encrypted.</summary>
    public static CertificateFiles? WebFilesOf(SettingsCatalogue settings) =>
        settings[WebCertificate.Name] is { } certificate && settings[WebKey.Name] is { } key
            ? new CertificateFiles(WebCertificate.Name, certificate, key, AuthorityFile: null)
            : null;

    private static IEnumerable<string> Problems(SettingsCatalogue settings)
    {
        if (settings[Certificate.Name] is null && Require.Equals(settings[ClientCertificate.Name], StringComparison.OrdinalIgnoreCase))
        {
            yield return $"{ClientCertificate.Name} is \"{Require}\", which needs {Certificate.Name}, {Key.Name} and {Authorities.Name}.";
        }

        foreach (var problem in (IEnumerable<string>)
            [.. Missing(settings, [Certificate.Name, Key.Name, Authorities.Name]), .. Unusable(PeerTls.FilesOf(settings))])
        {
            yield return problem;
        }
    }

    // All or none of them.
    private static IEnumerable<string> Missing(SettingsCatalogue settings, string[] names) =>
        names.FirstOrDefault(name => settings[name] is not null) is not { } given
            ? []
            : names.Where(name => settings[name] is null).Select(name => $"{name} is not set; {given} needs it.");

    private static IEnumerable<string> Unusable(CertificateFiles? files)
    {
        try
        {
            files?.Read().Parse();
            return [];
        }
        catch (CertificateException exception)
        {
            return [$"{files!.Setting} cannot be used: {exception.Message}."];
        }
    }
}
