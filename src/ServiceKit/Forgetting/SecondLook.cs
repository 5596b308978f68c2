using System.Data.Common;
using BooksForYou.ServiceKit.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BooksForYou.ServiceKit.Forgetting;

/// <summary>Looks every half minute after what was written with the last tokens of deleted accounts, and after what had to stay for a while.</summary>
internal sealed partial class SecondLook(string service, DeletionStore store, Database database, TimeProvider time, ILogger<SecondLook> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await database.Prepared.WaitAsync(stoppingToken);
        while (true)
        {
            await Task.Delay(Pause, time, stoppingToken);
            try
            {
                await store.LookAgainAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is DbException or DatabaseUnavailableException && !stoppingToken.IsCancellationRequested)
            {
                LogFailed(service, exception);
            }
        }
    }

    [LoggerMessage(EventName = "SecondLookFailed", Level = LogLevel.Warning, Message = "{Service} could not look after deleted accounts; it tries again")]
    private partial void LogFailed(string service, Exception exception);
}
