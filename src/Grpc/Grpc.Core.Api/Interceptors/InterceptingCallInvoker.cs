using Grpc.Core.Utils;

namespace Grpc.Core.Interceptors;

/// <summary>Hands every call to an interceptor, which goes on to another invoker.</summary>
internal sealed class InterceptingCallInvoker : CallInvoker
{
    private readonly CallInvoker _invoker;
    private readonly Interceptor _interceptor;

    public InterceptingCallInvoker(CallInvoker invoker, Interceptor interceptor)
    {
        _invoker = GrpcPreconditions.CheckNotNull(invoker, nameof(invoker));
        _interceptor = GrpcPreconditions.CheckNotNull(interceptor, nameof(interceptor));
    }

    public override TResponse BlockingUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method,
        string? host,
        CallOptions options,
        TRequest request) =>
        _interceptor.BlockingUnaryCall(
            request,
            new ClientInterceptorContext<TRequest, TResponse>(method, host, options),
            ContinueBlockingUnaryCall);

    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method,
        string? host,
        CallOptions options,
        TRequest request) =>
        _interceptor.AsyncUnaryCall(
            request,
            new ClientInterceptorContext<TRequest, TResponse>(method, host, options),
            ContinueAsyncUnaryCall);

    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method,
        string? host,
        CallOptions options,
        TRequest request) =>
        _interceptor.AsyncServerStreamingCall(
            request,
            new ClientInterceptorContext<TRequest, TResponse>(method, host, options),
            ContinueAsyncServerStreamingCall);

    public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method,
        string? host,
        CallOptions options) =>
        _interceptor.AsyncClientStreamingCall(
            new ClientInterceptorContext<TRequest, TResponse>(method, host, options),
            ContinueAsyncClientStreamingCall);

    public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method,
        string? host,
        CallOptions options) =>
        _interceptor.AsyncDuplexStreamingCall(
            new ClientInterceptorContext<TRequest, TResponse>(method, host, options),
            ContinueAsyncDuplexStreamingCall);

    private TResponse ContinueBlockingUnaryCall<TRequest, TResponse>(
        TRequest request,
        ClientInterceptorContext<TRequest, TResponse> context)
        where TRequest : class
        where TResponse : class
    {
        return _invoker.BlockingUnaryCall(context.Method, context.Host, context.Options, request);
    }

    private AsyncUnaryCall<TResponse> ContinueAsyncUnaryCall<TRequest, TResponse>(
        TRequest request,
        ClientInterceptorContext<TRequest, TResponse> context)
        where TRequest : class
        where TResponse : class
    {
        return _invoker.AsyncUnaryCall(context.Method, context.Host, context.Options, request);
    }

    private AsyncServerStreamingCall<TResponse> ContinueAsyncServerStreamingCall<TRequest, TResponse>(
        TRequest request,
        ClientInterceptorContext<TRequest, TResponse> context)
        where TRequest : class
        where TResponse : class
    {
        return _invoker.AsyncServerStreamingCall(context.Method, context.Host, context.Options, request);
    }

    private AsyncClientStreamingCall<TRequest, TResponse> ContinueAsyncClientStreamingCall<TRequest, TResponse>(
        ClientInterceptorContext<TRequest, TResponse> context)
        where TRequest : class
        where TResponse : class
    {
        return _invoker.AsyncClientStreamingCall(context.Method, context.Host, context.Options);
    }

    private AsyncDuplexStreamingCall<TRequest, TResponse> ContinueAsyncDuplexStreamingCall<TRequest, TResponse>(
        ClientInterceptorContext<TRequest, TResponse> context)
        where TRequest : class
        where TResponse : class
    {
        return _invoker.AsyncDuplexStreamingCall(context.Method, context.Host, context.Options);
    }
}
