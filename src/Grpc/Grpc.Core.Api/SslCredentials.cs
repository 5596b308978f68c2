namespace Grpc.Core;

/// <summary>A client's TLS: whom it trusts and what it shows of itself.</summary>
public sealed class SslCredentials : ChannelCredentials
{
    private readonly VerifyPeerCallback? _verifyPeerCallback;

    /// <summary>Trusts the certificate authorities that the system trusts.</summary>
    public SslCredentials()
        : this(null, null, null)
    {
    }

    /// <summary>Trusts the certificate authorities given.</summary>
    /// <param name="rootCertificates">The certificate authorities, as PEM.</param>
    public SslCredentials(string rootCertificates)
        : this(rootCertificates, null, null)
    {
    }

    /// <summary>Trusts the certificate authorities given, and shows a certificate of its own (mutual TLS).</summary>
    /// <param name="rootCertificates">The certificate authorities, as PEM.</param>
    /// <param name="keyCertificatePair">The client's certificate and key.</param>
    public SslCredentials(string rootCertificates, KeyCertificatePair keyCertificatePair)
        : this(rootCertificates, keyCertificatePair, null)
    {
    }

    /// <summary>Sets each part of a client's TLS.</summary>
    /// <param name="rootCertificates">The certificate authorities to trust, as PEM; null for the system's.</param>
    /// <param name="keyCertificatePair">The client's certificate and key; null to show none.</param>
    /// <param name="verifyPeerCallback">A further check of the server's certificate; null for none.</param>
    public SslCredentials(string? rootCertificates, KeyCertificatePair? keyCertificatePair, VerifyPeerCallback? verifyPeerCallback)
    {
        RootCertificates = rootCertificates;
        KeyCertificatePair = keyCertificatePair;
        _verifyPeerCallback = verifyPeerCallback;
    }

    /// <summary>The certificate authorities to trust, as PEM; null for the system's.</summary>
    public string? RootCertificates { get; }

    /// <summary>What the client shows of itself; null for nothing.</summary>
    public KeyCertificatePair? KeyCertificatePair { get; }

    internal override bool IsComposable => true;

    /// <inheritdoc/>
    public override void InternalPopulateConfiguration(ChannelCredentialsConfiguratorBase configurator, object state) =>
        configurator.SetSslCredentials(state, RootCertificates, KeyCertificatePair, _verifyPeerCallback);
}
