using Grpc.Core.Utils;

namespace Grpc.Core;

/// <summary>How the connections of a channel are secured.</summary>
public abstract class ChannelCredentials
{
    /// <summary>For credentials of one's own.</summary>
    public ChannelCredentials()
    {
    }

    /// <summary>No security: cleartext HTTP/2.</summary>
    public static ChannelCredentials Insecure { get; } = new InsecureCredentials();

    /// <summary>TLS, with the certificate authorities that the system trusts.</summary>
    public static ChannelCredentials SecureSsl { get; } = new SslCredentials();

    /// <summary>Whether call credentials may be added; they would be read by anyone on a connection that is not secure.</summary>
    internal virtual bool IsComposable => false;

    /// <summary>Adds call credentials, used for every call, to channel credentials.</summary>
    /// <param name="channelCredentials">How the connections are secured: TLS.</param>
    /// <param name="callCredentials">Who makes the calls.</param>
    /// <returns>Both as one.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="channelCredentials"/> is not an <see cref="SslCredentials"/>.</exception>
    public static ChannelCredentials Create(ChannelCredentials channelCredentials, CallCredentials callCredentials) =>
        new CompositeChannelCredentials(channelCredentials, callCredentials);

    /// <summary>Tells a channel what these credentials are. Called by the channel, not by applications.</summary>
    /// <param name="configurator">What to tell it to.</param>
    /// <param name="state">What to hand to <paramref name="configurator"/>, unchanged.</param>
    public abstract void InternalPopulateConfiguration(ChannelCredentialsConfiguratorBase configurator, object state);

    private sealed class InsecureCredentials : ChannelCredentials
    {
        public override void InternalPopulateConfiguration(ChannelCredentialsConfiguratorBase configurator, object state) =>
            configurator.SetInsecureCredentials(state);
    }

    private sealed class CompositeChannelCredentials : ChannelCredentials
    {
        private readonly ChannelCredentials _channelCredentials;
        private readonly CallCredentials _callCredentials;

        public CompositeChannelCredentials(ChannelCredentials channelCredentials, CallCredentials callCredentials)
        {
            _channelCredentials = GrpcPreconditions.CheckNotNull(channelCredentials, nameof(channelCredentials));
            _callCredentials = GrpcPreconditions.CheckNotNull(callCredentials, nameof(callCredentials));
            GrpcPreconditions.CheckArgument(
                channelCredentials.IsComposable,
                "These channel credentials do not allow call credentials to be added.");
        }

        public override void InternalPopulateConfiguration(ChannelCredentialsConfiguratorBase configurator, object state) =>
            configurator.SetCompositeCredentials(state, _channelCredentials, _callCredentials);
    }
}
