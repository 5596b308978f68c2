using System.Data.Common;
using BooksForYou.ServiceKit.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BooksForYou.Recommendations.Catalogue;

/// <summary>Reads the catalogue into memory anew after the copy has changed, many changes at once.</summary>
internal sealed partial class CatalogueRefresh(
    BookCatalogue catalogue,
    IOptions<RecommendationsOptions> options,
    TimeProvider time,
    ILogger<CatalogueRefresh> logger) : BackgroundService
{
    private readonly SemaphoreSlim _asked = new(0, 1);

    /// <summary>Says that the copy has changed.</summary>
    public void Ask()
    {
        try
        {
            _asked.Release();
        }
        catch (SemaphoreFullException)
        {
            // Asked for already.
        }
    }

    public override void Dispose()
    {
        _asked.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await _asked.WaitAsync(stoppingToken);
            var wasLoaded = catalogue.IsLoaded;
            try
            {
                await catalogue.LoadAsync(stoppingToken);
                LogRead();
            }
            catch (Exception exception) when (exception is DbException or DatabaseUnavailableException or IOException)
            {
                LogStale(exception.Message);
                Ask();
            }

            if (wasLoaded)
            {
                await Task.Delay(options.Value.CatalogueRefresh, time, stoppingToken);
            }
        }
    }

    [LoggerMessage(EventName = "CatalogueRead", Level = LogLevel.Debug, Message = "The catalogue was read anew")]
    private partial void LogRead();

    [LoggerMessage(EventName = "CatalogueStale", Level = LogLevel.Warning, Message = "The catalogue cannot be read anew and stays as it is: {Reason}")]
    private partial void LogStale(string reason);
}
