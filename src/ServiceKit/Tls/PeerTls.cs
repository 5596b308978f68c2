using BooksForYou.ServiceKit.Hosting;

namespace BooksForYou.ServiceKit.Tls;

/// <summary>How the process speaks with the other services of the store: encrypted or not, and who has to prove who it is.</summary>
internal sealed class PeerTls(SettingsCatalogue settings, CertificateWatch watch)
{
    private readonly Lazy<WatchedCertificates> _certificates = new(() => watch.Open(FilesOf(settings)
        ?? throw new InvalidOperationException($"{TlsModule.Certificate.Name} is not set.")));

    /// <summary>Whether calls are encrypted, those that come in and those that go out.</summary>
    public bool IsOn => settings[TlsModule.Certificate.Name] is not null;

    /// <summary>Whether who calls has to show a certificate: mutual TLS.</summary>
    public bool RequiresClientCertificate =>
        IsOn && TlsModule.Require.Equals(settings[TlsModule.ClientCertificate.Name], StringComparison.OrdinalIgnoreCase);

    /// <summary>The certificate of the process and the authorities it trusts.</summary>
    /// <exception cref="CertificateException">The files cannot be used.</exception>
    public WatchedCertificates Certificates => _certificates.Value;

    /// <summary>Where the settings say that the files are; null when they say it not at all, or by half.</summary>
    public static CertificateFiles? FilesOf(SettingsCatalogue settings) =>
        settings[TlsModule.Certificate.Name] is { } certificate
        && settings[TlsModule.Key.Name] is { } key
        && settings[TlsModule.Authorities.Name] is { } authorities
            ? new CertificateFiles(TlsModule.Certificate.Name, certificate, key, authorities)
            : null;
}
