using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace BooksForYou.ServiceKit.Tls;

/// <summary>A certificate with its key, and the authorities that others' certificates have to come from, as the files were at one moment.</summary>
internal sealed class CertificateSet(X509Certificate2 certificate, X509Certificate2Collection intermediates, X509Certificate2Collection authorities)
{
    public X509Certificate2 Certificate => certificate;

    /// <summary>What is trusted, and nothing else; empty where nobody is asked for a certificate.</summary>
    public X509Certificate2Collection Authorities => authorities;

    /// <summary>The certificate with those between it and its authority, as it is shown.</summary>
    public SslStreamCertificateContext Context { get; } = SslStreamCertificateContext.Create(certificate, intermediates, offline: true);

    /// <summary>By which name other services know this one; null when the certificate has none.</summary>
    public string? Name { get; } = CertificateNames.CallerOf(certificate);

    /// <summary>How a certificate is followed to its authority: to ours only, and without asking anybody on the network.</summary>
    public X509ChainPolicy NewChainPolicy()
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.AddRange(authorities);
        return policy;
    }
}
