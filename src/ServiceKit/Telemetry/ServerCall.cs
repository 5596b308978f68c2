using System.Diagnostics;
using System.Net.Sockets;
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

    public void Begin(HttpContext http)
    {
        _http = http;
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
        }
    }

    /// <summary>Notes what the handler threw, for the log.</summary>
    public void Threw(Exception exception) => _exception = exception;

    /// <summary>Notes that the handler returned after a wait, during which its caller may have gone.</summary>
    public void Returned() => _clientLeft = _http!.RequestAborted.IsCancellationRequested;

    public void End()
    {
        var http = _http!;
        http.Features.Set<ServerCall>(null);
        var seconds = Stopwatch.GetElapsedTime(_started).TotalSeconds;
        var context = http.Features.Get<IServerCallContextFeature>()?.ServerCallContext;
        var code = context?.Status.StatusCode ?? CodeOf(http.Response);
        code = code == StatusCode.OK && _clientLeft ? StatusCode.Cancelled : code;
        // What did not reach a handler is named in the span and the log all the same, if it exists: these have no series to multiply.
        var method = ServerCallMonitor.MethodOf(http);
        var name = method is null ? MethodNames.Other : MethodNames.Of(method);

        if (!ServerCallMonitor.IsHousekeeping(method))
        {
            monitor.Statistics.Served(_handled ? method : null, code, seconds);
        }

        monitor.Metrics.Served(seconds, _handled ? name : MethodNames.Other, code);
        if (_span is not null)
        {
            CallSpans.Describe(_span, name);
            CallSpans.End(_span, code);
        }

        if (code != StatusCode.OK)
        {
            var exception = _exception ?? context?.Status.DebugException;
            var peer = PeerOf(http.Connection);
            if (code == StatusCode.Unavailable && monitor.TurnsAway)
            {
                CallLog.TurnedAway(monitor.Logger, name, seconds, peer, CorrelationId.Of(http));
            }
            else
            {
                CallLog.Served(monitor.Logger, name, code, seconds, peer, CorrelationId.Of(http), exception);
            }
        }
    }

    public void Reset()
    {
        _http = null;
        _span = null;
        _exception = null;
        _handled = false;
        _clientLeft = false;
    }

    /// <summary>Names the caller as gRPC does (<see href="https://github.com/grpc/grpc/blob/master/doc/naming.md"/>).</summary>
    private static string PeerOf(ConnectionInfo connection) => connection.RemoteIpAddress switch
    {
        null => "unknown",
        { IsIPv4MappedToIPv6: true } mapped => $"ipv4:{mapped.MapToIPv4()}:{connection.RemotePort}",
        { AddressFamily: AddressFamily.InterNetworkV6 } address => $"ipv6:[{address}]:{connection.RemotePort}",
        var address => $"ipv4:{address}:{connection.RemotePort}",
    };

    /// <summary>Reads the code from the response of a call that never became one: <c>grpc-status</c>, else what the HTTP status stands
    /// for.</summary>
    private static StatusCode CodeOf(HttpResponse response)
    {
        var trailers = response.HttpContext.Features.Get<IHttpResponseTrailersFeature>()?.Trailers;
        var status = trailers is not null && trailers.TryGetValue("grpc-status", out var trailer) ? trailer : response.Headers.GrpcStatus;
        return int.TryParse(status, out var number) ? (StatusCode)number : HttpStatus.ToStatusCode(response.StatusCode);
    }
}
