namespace Grpc.Core;

/// <summary>How a channel takes in <see cref="CallCredentials"/>: exactly one of the methods is called for each.</summary>
public abstract class CallCredentialsConfiguratorBase
{
    /// <summary>For a channel's own configurator.</summary>
    protected CallCredentialsConfiguratorBase()
    {
    }

    /// <summary>The credentials are a function that adds headers.</summary>
    /// <param name="state">What was handed to the credentials.</param>
    /// <param name="interceptor">The function.</param>
    public abstract void SetAsyncAuthInterceptorCredentials(object? state, AsyncAuthInterceptor interceptor);

    /// <summary>The credentials are made of others.</summary>
    /// <param name="state">What was handed to the credentials.</param>
    /// <param name="credentials">The others, in order: two or more.</param>
    public abstract void SetCompositeCredentials(object? state, IReadOnlyList<CallCredentials> credentials);
}
