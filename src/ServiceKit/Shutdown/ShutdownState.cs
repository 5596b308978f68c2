namespace BooksForYou.ServiceKit.Shutdown;

/// <summary>Whether the process is on its way out. One instance a process.</summary>
public sealed class ShutdownState : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _draining = new();
    private readonly CancellationTokenSource _endingStreams = new();
    private int _endedStreams;

    /// <summary>Whether shutdown has begun: readiness is NOT_SERVING from now on, and it never turns back.</summary>
    public bool IsStopping => _stopping.IsCancellationRequested;

    /// <summary>Cancelled when shutdown begins.</summary>
    public CancellationToken Stopping => _stopping.Token;

    /// <summary>Cancelled when no new connections are taken and the calls in flight are waited for.</summary>
    internal CancellationToken Draining => _draining.Token;

    /// <summary>Cancelled when streams that have not come to an end by themselves have to.</summary>
    internal CancellationToken EndingStreams => _endingStreams.Token;

    /// <summary>How many streams were ended.</summary>
    internal int EndedStreams => Volatile.Read(ref _endedStreams);

    /// <inheritdoc/>
    public void Dispose()
    {
        _stopping.Dispose();
        _draining.Dispose();
        _endingStreams.Dispose();
    }

    internal void Begin() => _stopping.Cancel();

    internal void Drain(TimeSpan streamGrace)
    {
        _draining.Cancel();
        _endingStreams.CancelAfter(streamGrace);
    }

    internal void CountEndedStream() => Interlocked.Increment(ref _endedStreams);
}
