namespace Grpc.Core;

/// <summary>How a channel takes in <see cref="ChannelCredentials"/>: exactly one of the methods is called for each.</summary>
public abstract class ChannelCredentialsConfiguratorBase
{
    /// <summary>For a channel's own configurator.</summary>
    protected ChannelCredentialsConfiguratorBase()
    {
    }

    /// <summary>The connections are not secured.</summary>
    /// <param name="state">What was handed to the credentials.</param>
    public abstract void SetInsecureCredentials(object state);

    /// <summary>The connections use TLS.</summary>
    /// <param name="state">What was handed to the credentials.</param>
    /// <param name="rootCertificates">The certificate authorities to trust, as PEM; null for the system's.</param>
    /// <param name="keyCertificatePair">What the client shows of itself; null for nothing.</param>
    /// <param name="verifyPeerCallback">A further check of the server; null for none.</param>
    public abstract void SetSslCredentials(
        object state,
        string? rootCertificates,
        KeyCertificatePair? keyCertificatePair,
        VerifyPeerCallback? verifyPeerCallback);

    /// <summary>Every call on the connections has credentials of its own.</summary>
    /// <param name="state">What was handed to the credentials.</param>
    /// <param name="channelCredentials">How the connections are secured.</param>
    /// <param name="callCredentials">What is added to each call.</param>
    public abstract void SetCompositeCredentials(object state, ChannelCredentials channelCredentials, CallCredentials callCredentials);
}
