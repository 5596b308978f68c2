using BooksForYou.ServiceKit.Health;
using BooksForYou.ServiceKit.Shutdown;
using BooksForYou.ServiceKit.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BooksForYou.Reviews;

/// <summary>Asks Transactions, once it is back, about the purchases that it could not tell of when reviews were written.</summary>
internal sealed partial class PurchaseCheck(
    PurchaseStore store,
    Purchases purchases,
    [FromKeyedServices("Reviews")] Database database,
    StartupState startup,
    ShutdownState shutdown,
    IOptions<ReviewsOptions> options,
    TimeProvider time,
    ILogger<PurchaseCheck> logger) : BackgroundService
{
    private const int MostAtOnce = 100;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, shutdown.Stopping);
        try
        {
            await Task.WhenAll(database.Prepared, startup.Serving).WaitAsync(ending.Token);
            while (true)
            {
                if (!await TryCheckAsync(ending.Token))
                {
                    await Task.Delay(options.Value.PurchaseInterval, time, ending.Token);
                }
            }
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // What was not asked is asked after the next start.
        }
    }

    // Returns whether there may be more to ask.
    private async Task<bool> TryCheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await CheckAsync(cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogFailed(exception);
            return false;
        }
    }

    private async Task<bool> CheckAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var questions = await store.TakeDueAsync(now, now + options.Value.PurchaseInterval, MostAtOnce, cancellationToken);
        foreach (var ofReader in questions.GroupBy(question => question.ReaderId))
        {
            var bought = await purchases.FindAsync(ofReader.Key, [.. ofReader.Select(question => question.BookId)], cancellationToken);
            if (bought is null)
            {
                return false;
            }

            await store.NoteAsync([.. ofReader], bought, cancellationToken);
        }

        return questions.Count == MostAtOnce;
    }

    [LoggerMessage(EventName = "PurchaseCheckFailed", Level = LogLevel.Warning, Message = "Purchases could not be looked after; trying again")]
    private partial void LogFailed(Exception exception);
}
