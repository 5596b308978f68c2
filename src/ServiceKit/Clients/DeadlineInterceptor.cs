using BooksForYou.ServiceKit.Hosting;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.AspNetCore.Http;

namespace BooksForYou.ServiceKit.Clients;

/// <summary>Bounds each outgoing call: by its own deadline or the default one, and by the incoming call or page request that it is made
/// for, whose
/// deadline and cancellation it takes over.</summary>
internal sealed class DeadlineInterceptor(IHttpContextAccessor accessor, SettingsCatalogue settings, TimeProvider time) : Interceptor
{
    private readonly TimeSpan _default = TimeSpan.FromMilliseconds(settings.WholeNumber(ClientsModule.Deadline.Name));

    public override TResponse BlockingUnaryCall<TRequest, TResponse>(
        TRequest request,
        ClientInterceptorContext<TRequest, TResponse> context,
        BlockingUnaryCallContinuation<TRequest, TResponse> continuation)
    {
        using var link = Bound(ref context);
        return continuation(request, context);
    }

    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        TRequest request,
        ClientInterceptorContext<TRequest, TResponse> context,
        AsyncUnaryCallContinuation<TRequest, TResponse> continuation)
    {
        var link = Bound(ref context);
        var call = continuation(request, context);
        DisposeAfter(call.ResponseAsync, link);
        return call;
    }

    public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
        ClientInterceptorContext<TRequest, TResponse> context,
        AsyncClientStreamingCallContinuation<TRequest, TResponse> continuation)
    {
        var link = Bound(ref context);
        var call = continuation(context);
        DisposeAfter(call.ResponseAsync, link);
        return call;
    }

    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
        TRequest request,
        ClientInterceptorContext<TRequest, TResponse> context,
        AsyncServerStreamingCallContinuation<TRequest, TResponse> continuation)
    {
        var link = Bound(ref context);
        var call = continuation(request, context);
        return link is null ? call : new AsyncServerStreamingCall<TResponse>(
            call.ResponseStream, call.ResponseHeadersAsync, call.GetStatus, call.GetTrailers, () => Dispose(call, link));
    }

    public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
        ClientInterceptorContext<TRequest, TResponse> context,
        AsyncDuplexStreamingCallContinuation<TRequest, TResponse> continuation)
    {
        var link = Bound(ref context);
        var call = continuation(context);
        return link is null ? call : new AsyncDuplexStreamingCall<TRequest, TResponse>(
            call.RequestStream, call.ResponseStream, call.ResponseHeadersAsync, call.GetStatus, call.GetTrailers,
            () => Dispose(call, link));
    }

    private static void Dispose(IDisposable call, CancellationTokenSource link)
    {
        call.Dispose();
        link.Dispose();
    }

    private static void DisposeAfter(Task response, CancellationTokenSource? link)
    {
        if (link is not null)
        {
            _ = response.ContinueWith(
                static (_, state) => ((CancellationTokenSource)state!).Dispose(),
                link,
                CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
        }
    }

    // Returns what has to be disposed of when the call has ended, if anything.
    private CancellationTokenSource? Bound<TRequest, TResponse>(ref ClientInterceptorContext<TRequest, TResponse> context)
        where TRequest : class
        where TResponse : class
    {
        var options = context.Options;
        var deadline = options.Deadline is { } own ? ToUtc(own) : time.GetUtcNow().UtcDateTime + _default;
        var incoming = Incoming();
        options = options.WithDeadline(incoming.Deadline < deadline ? incoming.Deadline : deadline);

        CancellationTokenSource? link = null;
        if (incoming.Cancellation.CanBeCanceled && incoming.Cancellation != options.CancellationToken)
        {
            link = options.CancellationToken.CanBeCanceled
                ? CancellationTokenSource.CreateLinkedTokenSource(options.CancellationToken, incoming.Cancellation)
                : null;
            options = options.WithCancellationToken(link?.Token ?? incoming.Cancellation);
        }

        context = new ClientInterceptorContext<TRequest, TResponse>(context.Method, context.Host, options);
        return link;
    }

    private static DateTime ToUtc(DateTime deadline) => deadline.Kind == DateTimeKind.Local ? deadline.ToUniversalTime() : deadline;

    private (DateTime Deadline, CancellationToken Cancellation) Incoming()
    {
        if (accessor.HttpContext is not { } request)
        {
            return (DateTime.MaxValue, CancellationToken.None);
        }

        return request.Features.Get<IServerCallContextFeature>() is { ServerCallContext: var call }
            ? (ToUtc(call.Deadline), call.CancellationToken)
            : (DateTime.MaxValue, request.RequestAborted);
    }
}
