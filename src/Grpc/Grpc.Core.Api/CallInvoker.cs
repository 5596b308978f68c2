namespace Grpc.Core;

/// <summary>Starts calls of all shapes. A channel gives one; interceptors wrap one in another; generated clients stand on one.</summary>
public abstract class CallInvoker
{
    /// <summary>For an invoker of one's own.</summary>
    protected CallInvoker()
    {
    }

    /// <summary>Makes a unary call and blocks the thread until it has ended.</summary>
    /// <typeparam name="TRequest">The request message.</typeparam>
    /// <typeparam name="TResponse">The response message.</typeparam>
    /// <param name="method">The method to call.</param>
    /// <param name="host">The host to ask for; null for the channel's.</param>
    /// <param name="options">Headers, deadline, cancellation and the like.</param>
    /// <param name="request">The request.</param>
    /// <returns>The response.</returns>
    /// <exception cref="RpcException">The call ended with any status but OK.</exception>
    public abstract TResponse BlockingUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method,
        string? host,
        CallOptions options,
        TRequest request)
        where TRequest : class
        where TResponse : class;

    /// <summary>Starts a unary call.</summary>
    /// <typeparam name="TRequest">The request message.</typeparam>
    /// <typeparam name="TResponse">The response message.</typeparam>
    /// <param name="method">The method to call.</param>
    /// <param name="host">The host to ask for; null for the channel's.</param>
    /// <param name="options">Headers, deadline, cancellation and the like.</param>
    /// <param name="request">The request.</param>
    /// <returns>The call, which can be awaited for its response.</returns>
    public abstract AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method,
        string? host,
        CallOptions options,
        TRequest request)
        where TRequest : class
        where TResponse : class;

    /// <summary>Starts a server-streaming call.</summary>
    /// <typeparam name="TRequest">The request message.</typeparam>
    /// <typeparam name="TResponse">The response message.</typeparam>
    /// <param name="method">The method to call.</param>
    /// <param name="host">The host to ask for; null for the channel's.</param>
    /// <param name="options">Headers, deadline, cancellation and the like.</param>
    /// <param name="request">The request.</param>
    /// <returns>The call, with the stream of its responses.</returns>
    public abstract AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method,
        string? host,
        CallOptions options,
        TRequest request)
        where TRequest : class
        where TResponse : class;

    /// <summary>Starts a client-streaming call.</summary>
    /// <typeparam name="TRequest">The request message.</typeparam>
    /// <typeparam name="TResponse">The response message.</typeparam>
    /// <param name="method">The method to call.</param>
    /// <param name="host">The host to ask for; null for the channel's.</param>
    /// <param name="options">Headers, deadline, cancellation and the like.</param>
    /// <returns>The call, with the stream of its requests; it can be awaited for its response.</returns>
    public abstract AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method,
        string? host,
        CallOptions options)
        where TRequest : class
        where TResponse : class;

    /// <summary>Starts a duplex call.</summary>
    /// <typeparam name="TRequest">The request message.</typeparam>
    /// <typeparam name="TResponse">The response message.</typeparam>
    /// <param name="method">The method to call.</param>
    /// <param name="host">The host to ask for; null for the channel's.</param>
    /// <param name="options">Headers, deadline, cancellation and the like.</param>
    /// <returns>The call, with the streams of its requests and of its responses.</returns>
    public abstract AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method,
        string? host,
        CallOptions options)
        where TRequest : class
        where TResponse : class;
}
