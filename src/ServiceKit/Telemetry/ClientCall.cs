using System.Diagnostics;
using Grpc.Core;

namespace BooksForYou.ServiceKit.Telemetry;

/// <summary>
/// One outgoing call, ended exactly once: by its response, its failure, its cancellation, its disposal, or, when the caller drops a
/// stream and thinks of none of these, by the garbage collector.
/// </summary>
internal sealed class ClientCall : IDisposable
{
    private readonly ClientCallMonitor _monitor;
    private readonly Activity? _span;
    private readonly string _method;
    private readonly string _peer;
    private readonly DateTime _deadline;
    private readonly string _correlationId;
    private readonly long _started = Stopwatch.GetTimestamp();
    private CancellationTokenRegistration _cancellation;
    private int _ended;

    public ClientCall(ClientCallMonitor monitor, string peer, IMethod method, DateTime? deadline)
    {
        _monitor = monitor;
        _peer = peer;
        _method = MethodNames.Of(method);
        _deadline = deadline ?? DateTime.MaxValue;
        var caller = Activity.Current;
        _span = CallSpans.Source.StartActivity(_method, ActivityKind.Client);
        _correlationId = (_span ?? caller)?.TraceId.ToHexString() ?? "none";
        if (_span is not null)
        {
            CallSpans.Describe(_span, _method);
            // What the caller does next is not part of this call.
            Activity.Current = caller;
        }
    }

    ~ClientCall()
    {
        try
        {
            EndAbandoned();
        }
        catch (Exception)
        {
            // Nobody is left to tell, and an exception here would end the process.
        }
    }

    /// <summary>Puts the trace into the metadata, so that the server's span becomes the child of this call's.</summary>
    public Metadata? Propagate(Metadata? headers)
    {
        if (_span is null)
        {
            return headers;
        }

        var propagated = new Metadata();
        foreach (var entry in headers ?? [])
        {
            propagated.Add(entry);
        }

        DistributedContextPropagator.Current.Inject(_span, propagated, static (carrier, key, value) =>
        {
            if (carrier is Metadata metadata && metadata.Get(key) is null)
            {
                metadata.Add(key, value);
            }
        });
        return propagated;
    }

    /// <summary>Ends the call when its token is cancelled, for a stream that the caller then no longer looks at.</summary>
    public void EndWith(CancellationToken cancellationToken)
    {
        if (!cancellationToken.CanBeCanceled)
        {
            return;
        }

        // Weak, or a token that lives as long as the process would keep every abandoned call.
        _cancellation = cancellationToken.UnsafeRegister(
            static state =>
            {
                if (((WeakReference<ClientCall>)state!).TryGetTarget(out var call))
                {
                    call.EndAbandoned();
                }
            },
            new WeakReference<ClientCall>(this));
        if (Volatile.Read(ref _ended) != 0)
        {
            _cancellation.Unregister();
        }
    }

    public void End(Exception exception) => End(CodeOf(exception));

    public void End(StatusCode code)
    {
        if (Interlocked.Exchange(ref _ended, 1) != 0)
        {
            return;
        }

        Dispose();
        _cancellation.Unregister();
        var seconds = Stopwatch.GetElapsedTime(_started).TotalSeconds;
        _monitor.Metrics.Made(seconds, _method, code);
        StopSpan(code);
        if (code != StatusCode.OK)
        {
            CallLog.Made(_monitor.Logger, _method, code, seconds, _peer, _correlationId, _monitor.ExpectsAbsence);
        }
    }

    /// <summary>Ends a call that the caller gives up before its end.</summary>
    public void Dispose()
    {
        EndAbandoned();
        GC.SuppressFinalize(this);
    }

    private static StatusCode CodeOf(Exception exception) => exception switch
    {
        RpcException rpcException => rpcException.StatusCode,
        // A channel can be set to throw this in place of an RpcException, which is then inside.
        OperationCanceledException { InnerException: RpcException rpcException } => rpcException.StatusCode,
        OperationCanceledException => StatusCode.Cancelled,
        _ => StatusCode.Unknown,
    };

    private void EndAbandoned() => End(_deadline <= DateTime.UtcNow ? StatusCode.DeadlineExceeded : StatusCode.Cancelled);

    private void StopSpan(StatusCode code)
    {
        if (_span is null)
        {
            return;
        }

        CallSpans.End(_span, code);
        // Stopping makes the span's parent current, wherever this runs; here it is somebody else's place.
        var current = Activity.Current;
        _span.Stop();
        Activity.Current = current;
    }
}
