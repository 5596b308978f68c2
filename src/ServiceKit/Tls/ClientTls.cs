using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace BooksForYou.ServiceKit.Tls;

/// <summary>TLS of outgoing calls: our authorities are the only ones trusted, and the server has to be the one that was looked for.</summary>
internal sealed class ClientTls(PeerTls peers, TlsLog log)
{
    /// <summary>Whether outgoing calls are encrypted.</summary>
    public bool IsOn => peers.IsOn;

    /// <summary>Makes the options of the connections to a peer.</summary>
    /// <param name="service">What the log calls the peer.</param>
    /// <param name="host">The name by which it is looked for, not the address that the name has; null for this very process.</param>
    public SslClientAuthenticationOptions OptionsFor(string service, string? host)
    {
        var certificates = peers.Certificates;
        return new SslClientAuthenticationOptions
        {
            TargetHost = host,
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            AllowRenegotiation = false,
            AllowTlsResume = false,
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,

            // What it finds is not what counts: the callback looks for itself, with the authorities of that moment.
            CertificateChainPolicy = certificates.Current.NewChainPolicy(),
            LocalCertificateSelectionCallback = (_, _, _, _, _) => certificates.Current.Certificate,
            RemoteCertificateValidationCallback = (_, shown, chain, _) => Admits(service, host, shown as X509Certificate2, chain, certificates.Current),
        };
    }

    // Thrown and not returned, so that the failed call says it as well; with an inner exception that makes it UNAVAILABLE, as it is when no
    // connection comes about for any other reason.
    private bool Admits(string service, string? host, X509Certificate2? shown, X509Chain? chain, CertificateSet trusted)
    {
        if (CertificateCheck.RefusalOfServer(shown, host, trusted, chain?.ChainPolicy.ExtraStore) is not { } refusal)
        {
            return true;
        }

        log.ServerRefused(service, host ?? "this process", refusal);
        throw new AuthenticationException($"{service} was refused: {refusal}.", new IOException("No connection was made."));
    }
}
