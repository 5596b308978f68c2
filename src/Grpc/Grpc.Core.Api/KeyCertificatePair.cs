using Grpc.Core.Utils;

namespace Grpc.Core;

/// <summary>A certificate and its private key, both as PEM.</summary>
public sealed class KeyCertificatePair
{
    /// <summary>Pairs a certificate with its key.</summary>
    /// <param name="certificateChain">The certificate, then those that lead to the authority, as PEM.</param>
    /// <param name="privateKey">The certificate's private key, as PEM.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public KeyCertificatePair(string certificateChain, string privateKey)
    {
        CertificateChain = GrpcPreconditions.CheckNotNull(certificateChain, nameof(certificateChain));
        PrivateKey = GrpcPreconditions.CheckNotNull(privateKey, nameof(privateKey));
    }

    /// <summary>The certificate, then those that lead to the authority, as PEM.</summary>
    public string CertificateChain { get; }

    /// <summary>The certificate's private key, as PEM.</summary>
    public string PrivateKey { get; }
}
