using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BooksForYou.Cart.Baskets;

/// <summary>Deletes abandoned baskets, every hour, in every process of the service.</summary>
internal sealed partial class BasketSweep(BasketStore baskets, Shop shop, TimeProvider time, ILogger<BasketSweep> logger)
    : BackgroundService
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    /// <summary>Deletes the baskets that have been left alone for BASKET_DAYS.</summary>
    /// <returns>How many.</returns>
    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        var deleted = await baskets.DeleteUnusedSinceAsync(time.GetUtcNow() - shop.BasketLife, cancellationToken);
        if (deleted > 0)
        {
            LogDeleted(deleted);
        }

        return deleted;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var pause = FirstPause; ; pause = Pause)
        {
            await Task.Delay(pause, time, stoppingToken);
            try
            {
                await SweepAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(exception);
            }
        }
    }

    [LoggerMessage(EventName = "BasketsDeleted", Level = LogLevel.Information, Message = "Deleted {Count} abandoned baskets")]
    private partial void LogDeleted(int count);

    [LoggerMessage(EventName = "BasketSweepFailed", Level = LogLevel.Warning,
        Message = "Could not delete abandoned baskets; the next try is in an hour")]
    private partial void LogFailed(Exception exception);
}
