namespace BooksForYou.ServiceKit.Shutdown;

/// <summary>Whether the process is on its way out. One instance a process.</summary>
public sealed class ShutdownState : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>Whether shutdown has begun: readiness is NOT_SERVING from now on, and it never turns back.</summary>
    public bool IsStopping => _stopping.IsCancellationRequested;

    /// <summary>Cancelled when shutdown begins.</summary>
    public CancellationToken Stopping => _stopping.Token;

    /// <inheritdoc/>
    public void Dispose() => _stopping.Dispose();

    internal void Begin() => _stopping.Cancel();
}
