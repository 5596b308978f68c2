using BooksForYou.ServiceKit.Telemetry;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace BooksForYou.ServiceKit.Interceptors;

/// <summary>Counts, times and traces each outgoing call of a channel, once, whatever its shape and however it ends.</summary>
internal sealed class ClientCallInterceptor(ClientCallMonitor monitor, string peer) : Interceptor
{
    /// <inheritdoc/>
    public override TResponse BlockingUnaryCall<TRequest, TResponse>(
        TRequest request,
        ClientInterceptorContext<TRequest, TResponse> context,
        BlockingUnaryCallContinuation<TRequest, TResponse> continuation)
    {
        var call = Begin(ref context);
        try
        {
            var response = continuation(request, context);
            call.End(StatusCode.OK);
            return response;
        }
        catch (Exception exception)
        {
            call.End(exception);
            throw;
        }
    }

    /// <inheritdoc/>
    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        TRequest request,
        ClientInterceptorContext<TRequest, TResponse> context,
        AsyncUnaryCallContinuation<TRequest, TResponse> continuation)
    {
        var call = Begin(ref context);
        var inner = Start(call, () => continuation(request, context));
        return new AsyncUnaryCall<TResponse>(
            Observe(inner.ResponseAsync, call),
            static state => ((AsyncUnaryCall<TResponse>)state).ResponseHeadersAsync,
            static state => ((AsyncUnaryCall<TResponse>)state).GetStatus(),
            static state => ((AsyncUnaryCall<TResponse>)state).GetTrailers(),
            static state => ((AsyncUnaryCall<TResponse>)state).Dispose(),
            inner);
    }

    /// <inheritdoc/>
    public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
        ClientInterceptorContext<TRequest, TResponse> context, AsyncClientStreamingCallContinuation<TRequest, TResponse> continuation)
    {
        var call = Begin(ref context);
        var inner = Start(call, () => continuation(context));
        return new AsyncClientStreamingCall<TRequest, TResponse>(
            inner.RequestStream,
            Observe(inner.ResponseAsync, call),
            static state => ((AsyncClientStreamingCall<TRequest, TResponse>)state).ResponseHeadersAsync,
            static state => ((AsyncClientStreamingCall<TRequest, TResponse>)state).GetStatus(),
            static state => ((AsyncClientStreamingCall<TRequest, TResponse>)state).GetTrailers(),
            static state => ((AsyncClientStreamingCall<TRequest, TResponse>)state).Dispose(),
            inner);
    }

    /// <inheritdoc/>
    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
        TRequest request,
        ClientInterceptorContext<TRequest, TResponse> context,
        AsyncServerStreamingCallContinuation<TRequest, TResponse> continuation)
    {
        var call = Begin(ref context);
        var inner = Start(call, () => continuation(request, context));
        call.EndWith(context.Options.CancellationToken);
        return new AsyncServerStreamingCall<TResponse>(
            new ObservedStreamReader<TResponse>(inner.ResponseStream, call),
            static state => ((Observed<AsyncServerStreamingCall<TResponse>>)state).Inner.ResponseHeadersAsync,
            static state => ((Observed<AsyncServerStreamingCall<TResponse>>)state).Inner.GetStatus(),
            static state => ((Observed<AsyncServerStreamingCall<TResponse>>)state).Inner.GetTrailers(),
            static state => ((Observed<AsyncServerStreamingCall<TResponse>>)state).Dispose(),
            new Observed<AsyncServerStreamingCall<TResponse>>(call, inner));
    }

    /// <inheritdoc/>
    public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
        ClientInterceptorContext<TRequest, TResponse> context, AsyncDuplexStreamingCallContinuation<TRequest, TResponse> continuation)
    {
        var call = Begin(ref context);
        var inner = Start(call, () => continuation(context));
        call.EndWith(context.Options.CancellationToken);
        return new AsyncDuplexStreamingCall<TRequest, TResponse>(
            inner.RequestStream,
            new ObservedStreamReader<TResponse>(inner.ResponseStream, call),
            static state => ((Observed<AsyncDuplexStreamingCall<TRequest, TResponse>>)state).Inner.ResponseHeadersAsync,
            static state => ((Observed<AsyncDuplexStreamingCall<TRequest, TResponse>>)state).Inner.GetStatus(),
            static state => ((Observed<AsyncDuplexStreamingCall<TRequest, TResponse>>)state).Inner.GetTrailers(),
            static state => ((Observed<AsyncDuplexStreamingCall<TRequest, TResponse>>)state).Dispose(),
            new Observed<AsyncDuplexStreamingCall<TRequest, TResponse>>(call, inner));
    }

    private static TCall Start<TCall>(ClientCall call, Func<TCall> start)
    {
        try
        {
            return start();
        }
        catch (Exception exception)
        {
            call.End(exception);
            throw;
        }
    }

    private static async Task<TResponse> Observe<TResponse>(Task<TResponse> response, ClientCall call)
    {
        try
        {
            var message = await response;
            call.End(StatusCode.OK);
            return message;
        }
        catch (Exception exception)
        {
            call.End(exception);
            throw;
        }
    }

    private ClientCall Begin<TRequest, TResponse>(ref ClientInterceptorContext<TRequest, TResponse> context)
        where TRequest : class
        where TResponse : class
    {
        var call = new ClientCall(monitor, peer, context.Method, context.Options.Deadline);
        var headers = call.Propagate(context.Options.Headers);
        if (!ReferenceEquals(headers, context.Options.Headers))
        {
            var options = context.Options.WithHeaders(headers!);
            context = new ClientInterceptorContext<TRequest, TResponse>(context.Method, context.Host, options);
        }

        return call;
    }

    private sealed record Observed<TCall>(ClientCall Call, TCall Inner)
        where TCall : IDisposable
    {
        public void Dispose()
        {
            Call.Dispose();
            Inner.Dispose();
        }
    }
}
