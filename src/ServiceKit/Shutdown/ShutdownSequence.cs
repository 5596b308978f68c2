using BooksForYou.ServiceKit.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BooksForYou.ServiceKit.Shutdown;

/// <summary>Stops a process in the order in which nobody notices; see docs/shutdown.md.</summary>
internal sealed partial class ShutdownSequence(
    ShutdownState state,
    CallCounter calls,
    SettingsCatalogue settings,
    ILogger<ShutdownSequence> logger)
{
    private readonly Lock _lock = new();
    private Task? _run;

    /// <summary>Runs it, once: whoever comes second waits for the first.</summary>
    public Task RunAsync(IHost host, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return _run ??= RunOnceAsync(host, cancellationToken);
        }
    }

    private async Task RunOnceAsync(IHost host, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(settings.Seconds(ShutdownModule.Timeout.Name));
        var delay = settings.Seconds(ShutdownModule.Delay.Name);
        LogShutdownBegan(logger, calls.InFlight, delay.TotalSeconds);
        state.Begin();
        await Task.Delay(delay, limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        var inFlight = calls.InFlight;
        var ended = calls.Ended;
        state.Drain(settings.Seconds(ShutdownModule.StreamGrace.Name));

        // What is in flight when the time is up is what the server cuts off.
        var cutOff = 0L;
        await using var onLimit = limit.Token.Register(() => cutOff = calls.InFlight);
        try
        {
            await host.StopAsync(limit.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            // Some hosted service has used the time up; the log line below says so.
        }

        var drained = calls.Ended - ended - state.EndedStreams - cutOff;
        LogDrained(logger, Math.Max(0, drained), inFlight, state.EndedStreams);
        if (cutOff > 0)
        {
            LogCutOff(logger, cutOff);
        }
    }

    [LoggerMessage(EventId = 1, EventName = "ShutdownBegan", Level = LogLevel.Information,
        Message = "Shutting down: not ready from now on, {InFlight} calls in flight, ports close in {DelaySeconds} s")]
    private static partial void LogShutdownBegan(ILogger logger, long inFlight, double delaySeconds);

    [LoggerMessage(EventId = 2, EventName = "Drained", Level = LogLevel.Information,
        Message = "Drained {Drained} calls of {InFlight} in flight, ended {EndedStreams} streams")]
    private static partial void LogDrained(ILogger logger, long drained, long inFlight, int endedStreams);

    [LoggerMessage(EventId = 3, EventName = "CutOff", Level = LogLevel.Warning,
        Message = "Cut off {CutOff} calls that did not end in time")]
    private static partial void LogCutOff(ILogger logger, long cutOff);
}
