using BooksForYou.Marketplace.People;
using BooksForYou.Marketplace.Reviewing;
using BooksForYou.Marketplace.Shopping;
using BooksForYou.ServiceKit.Health;
using Microsoft.Extensions.Options;

namespace BooksForYou.Marketplace;

/// <summary>Keeps the shop window fresh, and asks services that are away whether they are back, so that no visitor has to wait to find out.</summary>
internal sealed partial class WindowDresser(
    ShopWindow window,
    BookCatalogue catalogue,
    Baskets baskets,
    Offers offers,
    OrderArchive orders,
    Sessions sessions,
    BookRatings ratings,
    StartupState startup,
    IOptions<MarketplaceOptions> options,
    TimeProvider clock,
    ILogger<WindowDresser> logger) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // A service that shares this process answers from then on.
        await startup.Serving.WaitAsync(stoppingToken);
        using var timer = new PeriodicTimer(options.Value.ProbeInterval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await Task.WhenAll(
                    window.ArrangeIfNeededAsync(),
                    catalogue.IsAway ? catalogue.ProbeAsync(stoppingToken) : catalogue.RememberShelvesAsync(stoppingToken),
                    baskets.IsAway ? baskets.ProbeAsync(stoppingToken) : offers.RefreshIfNeededAsync(stoppingToken),
                    orders.IsAway ? orders.ProbeAsync(stoppingToken) : Task.CompletedTask,
                    sessions.IsAway ? sessions.ProbeAsync(stoppingToken) : Task.CompletedTask,
                    ratings.IsAway ? ratings.ProbeAsync(stoppingToken) : Task.CompletedTask);
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
