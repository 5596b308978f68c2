namespace Grpc.Core;

/// <summary>Asks for a given host in every call that does not ask for one itself.</summary>
internal sealed class HostCallInvoker(CallInvoker inner, string defaultHost) : CallInvoker
{
    public override TResponse BlockingUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method,
        string? host,
        CallOptions options,
        TRequest request) =>
        inner.BlockingUnaryCall(method, host ?? defaultHost, options, request);

    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method,
        string? host,
        CallOptions options,
        TRequest request) =>
        inner.AsyncUnaryCall(method, host ?? defaultHost, options, request);

    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method,
        string? host,
        CallOptions options,
        TRequest request) =>
        inner.AsyncServerStreamingCall(method, host ?? defaultHost, options, request);

    public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method,
        string? host,
        CallOptions options) =>
        inner.AsyncClientStreamingCall(method, host ?? defaultHost, options);

    public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method,
        string? host,
        CallOptions options) =>
        inner.AsyncDuplexStreamingCall(method, host ?? defaultHost, options);
}
