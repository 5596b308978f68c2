using BooksForYou.ServiceKit.Hosting;
using BooksForYou.ServiceKit.Shutdown;
using Microsoft.Extensions.Logging;

namespace BooksForYou.ServiceKit.Health;

/// <summary>Runs the readiness checks in the background, so that a storm of probes never reaches the database.</summary>
internal sealed partial class ReadinessMonitor(
    IEnumerable<ReadinessCheck> checks,
    HealthState state,
    ShutdownState shutdown,
    SettingsCatalogue settings,
    IServiceProvider services,
    ILogger<ReadinessMonitor> logger) : IAsyncDisposable
{
    private const string DoesNotHold = "the condition does not hold";

    private readonly CheckRun[] _checks = [.. checks.Select(check => new CheckRun(check))];
    private Task _loop = Task.CompletedTask;

    /// <summary>Makes the first round; when it returns, health is known. Later rounds follow until the process stops.</summary>
    public async Task StartAsync()
    {
        await RunRoundAsync();
        if (_checks.Length > 0)
        {
            _loop = LoopAsync();
        }
    }

    public async ValueTask DisposeAsync() => await _loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private async Task LoopAsync()
    {
        var interval = settings.Seconds(HealthModule.Interval.Name);

        // What has failed is looked at more often: traffic should be back as soon as it can be served.
        var retry = TimeSpan.FromSeconds(Math.Min(1, interval.TotalSeconds));
        while (!shutdown.IsStopping)
        {
            await Task.Delay(state.Current.IsReady ? interval : retry, shutdown.Stopping)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!shutdown.IsStopping)
            {
                await RunRoundAsync();
            }
        }
    }

    private async Task RunRoundAsync()
    {
        var timeout = settings.Seconds(HealthModule.Timeout.Name);
        var results = await Task.WhenAll(_checks.Select(check => RunCheckAsync(check, timeout)));
        state.SetChecks(Array.TrueForAll(results, passed => passed));
    }

    private async Task<bool> RunCheckAsync(CheckRun run, TimeSpan timeout)
    {
        string? reason = null;
        Exception? failure = null;
        try
        {
            // A check that ignores its token is left running, and not started again beside itself.
            run.Running ??= StartCheck(run.Check, timeout);
            var running = run.Running;
            var passed = await running.WaitAsync(timeout);
            run.Running = null;
            reason = passed ? null : DoesNotHold;
        }
        catch (TimeoutException)
        {
            reason = $"no answer within {timeout.TotalSeconds} s";
        }
        catch (Exception exception)
        {
            run.Running = null;
            reason = exception is OperationCanceledException ? $"no answer within {timeout.TotalSeconds} s" : exception.Message;
            failure = exception is OperationCanceledException ? null : exception;
        }

        Report(run, reason, failure);
        return reason is null;
    }

    private async Task<bool> StartCheck(ReadinessCheck check, TimeSpan timeout)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(shutdown.Stopping);
        limit.CancelAfter(timeout);
        return await Task.Run(async () => await check.Check(services, limit.Token), limit.Token);
    }

    private void Report(CheckRun run, string? reason, Exception? failure)
    {
        var passed = reason is null;
        if (run.Passed == passed || shutdown.IsStopping)
        {
            return;
        }

        if (run.Passed is null && reason == DoesNotHold)
        {
            // What a first start has still to fetch is nothing that broke.
            LogCheckPending(logger, run.Check.Name, reason!);
        }
        else if (!passed)
        {
            LogCheckFailed(logger, run.Check.Name, reason!, failure);
        }
        else if (run.Passed is false)
        {
            LogCheckPasses(logger, run.Check.Name);
        }

        run.Passed = passed;
    }

    [LoggerMessage(EventId = 1, EventName = "ReadinessCheckFailed", Level = LogLevel.Warning,
        Message = "Not ready: {Check} failed, {Reason}")]
    private static partial void LogCheckFailed(ILogger logger, string check, string reason, Exception? exception);

    [LoggerMessage(EventId = 2, EventName = "ReadinessCheckPasses", Level = LogLevel.Information, Message = "{Check} passes now")]
    private static partial void LogCheckPasses(ILogger logger, string check);

    [LoggerMessage(EventId = 3, EventName = "ReadinessCheckPending", Level = LogLevel.Information,
        Message = "Not ready yet: {Check}, {Reason}")]
    private static partial void LogCheckPending(ILogger logger, string check, string reason);

    private sealed class CheckRun(ReadinessCheck check)
    {
        public ReadinessCheck Check { get; } = check;

        public Task<bool>? Running { get; set; }

        public bool? Passed { get; set; }
    }
}
