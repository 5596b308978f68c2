using Grpc.Core.Utils;

namespace Grpc.Core;

/// <summary>Proves who makes a call, by headers that are added to it. Sent over TLS only, unless the channel is told otherwise.</summary>
public abstract class CallCredentials
{
    /// <summary>For credentials of one's own.</summary>
    protected CallCredentials()
    {
    }

    /// <summary>Makes several credentials one. Each adds its headers, in the order given.</summary>
    /// <param name="credentials">Two or more different credentials.</param>
    /// <returns>All of them as one.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="credentials"/>, or one of them, is null.</exception>
    /// <exception cref="ArgumentException">There are fewer than two, or one is given twice.</exception>
    public static CallCredentials Compose(params CallCredentials[] credentials) => new CompositeCallCredentials(credentials);

    /// <summary>Makes credentials of a function that adds headers.</summary>
    /// <param name="interceptor">The function. It runs once for each call, and may run for several at the same time.</param>
    /// <returns>The credentials.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="interceptor"/> is null.</exception>
    public static CallCredentials FromInterceptor(AsyncAuthInterceptor interceptor) => new InterceptorCallCredentials(interceptor);

    /// <summary>Tells a channel what these credentials are. Called by the channel, not by applications.</summary>
    /// <param name="configurator">What to tell it to.</param>
    /// <param name="state">What to hand to <paramref name="configurator"/>, unchanged.</param>
    public abstract void InternalPopulateConfiguration(CallCredentialsConfiguratorBase configurator, object? state);

    private sealed class CompositeCallCredentials : CallCredentials
    {
        private readonly IReadOnlyList<CallCredentials> _credentials;

        public CompositeCallCredentials(CallCredentials[] credentials)
        {
            GrpcPreconditions.CheckNotNull(credentials, nameof(credentials));
            GrpcPreconditions.CheckArgument(credentials.Length >= 2, "Composite credentials need at least two credentials.");

            var distinct = new HashSet<CallCredentials>(ReferenceEqualityComparer.Instance);
            foreach (var credential in credentials)
            {
                GrpcPreconditions.CheckNotNull(credential, nameof(credentials));
                GrpcPreconditions.CheckArgument(distinct.Add(credential), "The same credentials are given twice.");
            }

            _credentials = Array.AsReadOnly([.. credentials]);
        }

        public override void InternalPopulateConfiguration(CallCredentialsConfiguratorBase configurator, object? state) =>
            configurator.SetCompositeCredentials(state, _credentials);
    }

    private sealed class InterceptorCallCredentials(AsyncAuthInterceptor interceptor) : CallCredentials
    {
        private readonly AsyncAuthInterceptor _interceptor = GrpcPreconditions.CheckNotNull(interceptor, nameof(interceptor));

        public override void InternalPopulateConfiguration(CallCredentialsConfiguratorBase configurator, object? state) =>
            configurator.SetAsyncAuthInterceptorCredentials(state, _interceptor);
    }
}
