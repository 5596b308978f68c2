using System.Diagnostics;
using BooksForYou.ServiceKit.Errors;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace BooksForYou.ServiceKit.Telemetry;

/// <summary>One call while it is served, from its headers to its trailers. Pooled, and a feature of its request meanwhile.</summary>
internal sealed class ServerCall(ServerCallMonitor monitor)
{
    private HttpContext? _http;
    private Activity? _span;
    private IMethod? _method;
    private Exception? _exception;
    private long _started;
    private bool _handled;
    private bool _clientLeft;

    public ServerCallMonitor Monitor => monitor;

    /// <summary>Notes that a call reached the kit's interceptor.</summary>
    /// <returns>The call, or null where nothing monitors it.</returns>
    public static ServerCall? Handling(ServerCallContext context)
    {
        var call = context.GetHttpContext().Features.Get<ServerCall>();
        call?._handled = true;
        return call;
    }

    public void Begin(HttpContext http, IMethod? method)
    {
        _http = http;
        _method = method;
        _started = Stopwatch.GetTimestamp();
        http.Features.Set(this);
        if (http.Features.Get<IHttpMetricsTagsFeature>() is { } httpMetrics)
        {
            // A call is counted as a call; counted as a request as well, every total would be double.
            httpMetrics.MetricsDisabled = true;
        }

        if (Activity.Current is { } activity && CallSpans.IsCollected(activity))
        {
            _span = activity;
            CallSpans.Describe(activity, method is null ? MethodNames.Other : MethodNames.Of(method));
        }
    }

    /// <summary>Notes what the handler threw, for the log.</summary>
    public void Threw(Exception exception) => _exception = exception;

    /// <summary>Notes that the handler returned after a wait, during which its caller may have gone.</summary>
    public void Returned() => _clientLeft = _http!.RequestAborted.IsCancellationRequested;

    public void End()
    {
        var http = _http!;
        var seconds = Stopwatch.GetElapsedTime(_started).TotalSeconds;
        var context = http.Features.Get<IServerCallContextFeature>()?.ServerCallContext;
        var code = context?.Status.StatusCode ?? CodeOf(http.Response);
        code = code == StatusCode.OK && _clientLeft ? StatusCode.Cancelled : code;
        var method = _handled && _method is not null ? MethodNames.Of(_method) : MethodNames.Other;

        monitor.Metrics.Served(seconds, method, code);
        if (_span is not null)
        {
            CallSpans.End(_span, code);
        }

        if (code != StatusCode.OK)
        {
            // What did not reach a handler is named all the same if it exists: the log has no series to multiply.
            var name = _method is null ? MethodNames.Other : MethodNames.Of(_method);
            var exception = _exception ?? context?.Status.DebugException;
            CallLog.Served(monitor.Logger, name, code, seconds, context?.Peer ?? PeerOf(http), CorrelationId.Of(http), exception);
        }
    }

    public void Reset()
    {
        _http = null;
        _span = null;
        _method = null;
        _exception = null;
        _handled = false;
        _clientLeft = false;
    }

    private static string PeerOf(HttpContext http) => $"{http.Connection.RemoteIpAddress}:{http.Connection.RemotePort}";

    /// <summary>Reads the code from the response of a call that never became one: <c>grpc-status</c>, else what the HTTP status stands for.</summary>
    private static StatusCode CodeOf(HttpResponse response)
    {
        var trailers = response.HttpContext.Features.Get<IHttpResponseTrailersFeature>()?.Trailers;
        var status = trailers is not null && trailers.TryGetValue("grpc-status", out var trailer) ? trailer : response.Headers.GrpcStatus;
        return int.TryParse(status, out var number) ? (StatusCode)number : HttpStatus.ToStatusCode(response.StatusCode);
    }
}
