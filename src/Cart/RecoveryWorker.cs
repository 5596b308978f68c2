using System.Collections.Concurrent;
using BooksForYou.Cart.Cancellations;
using BooksForYou.Cart.Sales;
using BooksForYou.Contracts.Cart.V1;
using BooksForYou.ServiceKit.Errors;
using BooksForYou.ServiceKit.Telemetry;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BooksForYou.Cart;

/// <summary>
/// Looks for sales and cancellations that nobody works on any more and carries them on. It runs in every process of the service;
/// leases see to it that each is carried on by one. When the process stops, it waits for what has begun.
/// </summary>
internal sealed partial class RecoveryWorker(
    SaleStore sales,
    SaleRunner saleRunner,
    CancellationStore cancellations,
    CancellationRunner cancellationRunner,
    InFlight<CheckoutResponse?> salesInFlight,
    InFlight<bool> cancellationsInFlight,
    TimeProvider time,
    IOptions<CartOptions> options,
    ILogger<RecoveryWorker> logger) : IHostedService, IDisposable
{
    private const int MostAtOnce = 64;

    private readonly ConcurrentDictionary<string, Task> _recovering = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _lock = new();
    private Task? _loop;

    /// <summary>Nothing: the work begins with <see cref="Begin"/>, when the database is ready.</summary>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Begins to look; called again, nothing changes.</summary>
    public void Begin()
    {
        lock (_lock)
        {
            _loop ??= Task.Run(LoopAsync);
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await (_loop ?? Task.CompletedTask);
        await Task.WhenAll(_recovering.Values).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await salesInFlight.DrainAsync(cancellationToken);
        await cancellationsInFlight.DrainAsync(cancellationToken);
    }

    public void Dispose() => _stopping.Dispose();

    /// <summary>Takes over what is stale, as much as may be worked on at once, and begins to work on it.</summary>
    /// <returns>The work; a task that never fails.</returns>
    public async Task<Task> TakeOverAsync(CancellationToken cancellationToken)
    {
        var free = MostAtOnce - _recovering.Count;
        if (free <= 0)
        {
            return Task.CompletedTask;
        }

        var taken = new List<Task>();
        foreach (var sale in await sales.TakeStaleAsync(free, cancellationToken))
        {
            taken.Add(Work(sale.Key, sale.Trace, () => saleRunner.RecoverAsync(sale), () => sales.PostponeAsync(sale)));
        }

        foreach (var cancellation in await cancellations.TakeStaleAsync(Math.Max(1, free - taken.Count), cancellationToken))
        {
            taken.Add(Work(
                cancellation.ReservationId,
                cancellation.Trace,
                () => cancellationRunner.RunAsync(cancellation),
                () => cancellations.PostponeAsync(cancellation)));
        }

        return Task.WhenAll(taken);
    }

    private Task Work(string key, string trace, Func<Task> workAsync, Func<Task> postponeAsync)
    {
        var task = Task.Run(() => WorkAsync(key, trace, workAsync, postponeAsync));
        _recovering[key] = task;
        _ = task.ContinueWith(
            done => _recovering.TryRemove(new KeyValuePair<string, Task>(key, done)),
            CancellationToken.None,
            TaskContinuationOptions.None,
            TaskScheduler.Default);
        return task;
    }

    private async Task WorkAsync(string key, string trace, Func<Task> workAsync, Func<Task> postponeAsync)
    {
        using var span = TraceParent.Continue(trace, "carry on");
        try
        {
            await workAsync();
        }
        catch (FailedPreconditionException)
        {
            // A cancellation that is not possible; there is none any more.
        }
        catch (Exception exception)
        {
            LogFailed(key, exception);
            await ((Task)Task.Run(postponeAsync)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task LoopAsync()
    {
        using var timer = new PeriodicTimer(options.Value.RecoveryInterval, time);
        while (await WaitAsync(timer))
        {
            try
            {
                await TakeOverAsync(_stopping.Token);
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                LogLookFailed(exception);
            }
        }
    }

    private async Task<bool> WaitAsync(PeriodicTimer timer)
    {
        try
        {
            return await timer.WaitForNextTickAsync(_stopping.Token);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    [LoggerMessage(EventName = "RecoveryFailed", Level = LogLevel.Error, Message = "{Key} could not be carried on; it is tried again")]
    private partial void LogFailed(string key, Exception exception);

    [LoggerMessage(EventName = "RecoveryLookFailed", Level = LogLevel.Warning, Message = "Could not look for what is to be carried on")]
    private partial void LogLookFailed(Exception exception);
}
