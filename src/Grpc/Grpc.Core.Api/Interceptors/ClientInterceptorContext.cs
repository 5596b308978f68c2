namespace Grpc.Core.Interceptors;

/// <summary>
/// A call that a client is about to start, as its interceptors see it. Cannot be changed: an interceptor hands on another one.
/// </summary>
/// <typeparam name="TRequest">The request message.</typeparam>
/// <typeparam name="TResponse">The response message.</typeparam>
public struct ClientInterceptorContext<TRequest, TResponse>
    where TRequest : class
    where TResponse : class
{
    /// <summary>Describes a call.</summary>
    /// <param name="method">The method to call.</param>
    /// <param name="host">The host to ask for; null for the channel's.</param>
    /// <param name="options">Headers, deadline, cancellation and the like.</param>
    public ClientInterceptorContext(Method<TRequest, TResponse> method, string? host, CallOptions options)
    {
        Method = method;
        Host = host;
        Options = options;
    }

    /// <summary>The method to call.</summary>
    public Method<TRequest, TResponse> Method { get; }

    /// <summary>The host to ask for; null for the channel's.</summary>
    public string? Host { get; }

    /// <summary>Headers, deadline, cancellation and the like.</summary>
    public CallOptions Options { get; }
}
