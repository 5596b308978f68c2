using BooksForYou.Marketplace.Shopping;
using Microsoft.Extensions.Options;

namespace BooksForYou.Marketplace;

/// <summary>Keeps the shop window fresh, and asks services that are away whether they are back, so that no visitor has to wait to find out.</summary>
internal sealed partial class WindowDresser(
    ShopWindow window,
    BookCatalogue catalogue,
    Baskets baskets,
    OrderArchive orders,
    IHostApplicationLifetime lifetime,
    IOptions<MarketplaceOptions> options,
    TimeProvider clock,
    ILogger<WindowDresser> logger) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Until the ports are open, a service in this process has no address; soon after, it serves.
        var opened = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(opened.SetResult);
        await opened.Task.WaitAsync(stoppingToken);

        using var timer = new PeriodicTimer(options.Value.ProbeInterval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await Task.WhenAll(
                    window.ArrangeIfNeededAsync(),
                    catalogue.IsAway ? catalogue.ProbeAsync(stoppingToken) : catalogue.RememberShelvesAsync(stoppingToken),
                    baskets.IsAway ? baskets.ProbeAsync(stoppingToken) : Task.CompletedTask,
                    orders.IsAway ? orders.ProbeAsync(stoppingToken) : Task.CompletedTask);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                // A fault in one round must not end the rounds: the window would stay as it is until the next restart.
                LogFailed(exception);
            }
        }
    }

    [LoggerMessage(EventName = "WindowFailed", Level = LogLevel.Error, Message = "The shop window could not be arranged.")]
    private partial void LogFailed(Exception exception);
}
