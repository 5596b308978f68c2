using BooksForYou.ServiceKit.Health;
using BooksForYou.ServiceKit.Ops;
using BooksForYou.ServiceKit.Shutdown;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.ObjectPool;

namespace BooksForYou.ServiceKit.Telemetry;

/// <summary>
/// Sees every call, also those that reach no interceptor: a method that does not exist, a frame that cannot be read, a wrong content type.
/// It stands in front of everything that answers calls and is called back when the response is complete, so that each call is counted
/// exactly once.
/// </summary>
/// <remarks>Not an async method around the rest of the pipeline: that would allocate a state machine for every call that waits for its
/// request.</remarks>
internal sealed class ServerCallMonitor
{
    // As many as can be in flight before a call in excess allocates its own record: 100 streams on each of ten connections.
    private const int PooledCalls = 1000;

    private static readonly Func<object, Task> Complete = static state =>
    {
        var call = (ServerCall)state;
        call.Monitor.Ended(call);
        return Task.CompletedTask;
    };

    private readonly DefaultObjectPool<ServerCall> _calls;

    private readonly StartupState? _startup;
    private readonly ShutdownState? _shutdown;

    public ServerCallMonitor(
        CallMetrics metrics,
        RequestStatistics statistics,
        ILogger<ServerCallMonitor> logger,
        StartupState? startup = null,
        ShutdownState? shutdown = null)
    {
        (_startup, _shutdown) = (startup, shutdown);
        Metrics = metrics;
        Statistics = statistics;
        Logger = logger;
        _calls = new DefaultObjectPool<ServerCall>(new CallPolicy(this), PooledCalls);
    }

    public CallMetrics Metrics { get; }

    public RequestStatistics Statistics { get; }

    public ILogger Logger { get; }

    /// <summary>Whether that a call finds no service is nothing to look after, because the process does not serve yet or not any more, or what it needs is still
    /// on its way.</summary>
    public bool TurnsAway => _startup is { IsSettling: true } || _shutdown is { IsStopping: true };

    /// <summary>Begins to watch a request that is a call, and hands it on. Harmless where another instance of the middleware has begun
    /// already.</summary>
    public Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        var method = MethodOf(http);
        if (IsHousekeeping(method))
        {
            CallSpans.Untrace();
        }

        if ((method is not null || IsGrpc(http.Request.ContentType)) && http.Features.Get<ServerCall>() is null)
        {
            var call = _calls.Get();
            call.Begin(http);
            http.Response.OnCompleted(Complete, call);
        }

        return next(http);
    }

    /// <summary>Gives the method that a request was routed to, or null if it was not, or not yet.</summary>
    public static IMethod? MethodOf(HttpContext http) => http.GetEndpoint()?.Metadata.GetMetadata<GrpcMethodMetadata>()?.Method;

    private static bool IsGrpc(string? contentType) =>
        contentType is not null && contentType.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a method is for probes and tools, which ask every few seconds and would bury what the shop does.</summary>
    public static bool IsHousekeeping(IMethod? method) =>
        method is not null
        && (method.ServiceName is "grpc.health.v1.Health" or "booksforyou.ops.v1.OpsService"
            || method.ServiceName.StartsWith("grpc.reflection.", StringComparison.Ordinal));

    private void Ended(ServerCall call)
    {
        call.End();
        _calls.Return(call);
    }

    private sealed class CallPolicy(ServerCallMonitor monitor) : PooledObjectPolicy<ServerCall>
    {
        public override ServerCall Create() => new(monitor);

        public override bool Return(ServerCall call)
        {
            call.Reset();
            return true;
        }
    }
}
