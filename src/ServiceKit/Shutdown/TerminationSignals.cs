using System.Runtime.InteropServices;

namespace BooksForYou.ServiceKit.Shutdown;

/// <summary>SIGTERM, and Ctrl+C: the first asks the process to stop, the second ends it.</summary>
internal sealed class TerminationSignals : IDisposable
{
    // What a shell reports for a process that a signal has ended.
    private const int SignalExitCode = 128;

    private readonly CancellationTokenSource _stop;
    private readonly PosixSignalRegistration _terminate;
    private readonly PosixSignalRegistration _interrupt;
    private int _received;

    public TerminationSignals(CancellationToken cancellationToken)
    {
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Receive(context, number: 15));
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Receive(context, number: 2));
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _stop.Token;

    public void Dispose()
    {
        _terminate.Dispose();
        _interrupt.Dispose();
        _stop.Dispose();
    }

    private void Receive(PosixSignalContext context, int number)
    {
        context.Cancel = true;
        if (Interlocked.Increment(ref _received) > 1)
        {
            Environment.Exit(SignalExitCode + number);
        }

        // On another thread: what stops the process must not keep the next signal from being heard.
        _ = _stop.CancelAsync();
    }
}
