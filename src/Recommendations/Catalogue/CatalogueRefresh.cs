using System.Data.Common;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BooksForYou.Recommendations.Catalogue;

/// <summary>Reads the catalogue anew from time to time, so that what a bookseller changes reaches the readers.</summary>
internal sealed partial class CatalogueRefresh(
    BookCatalogue catalogue,
    IOptions<RecommendationsOptions> options,
    TimeProvider time,
    ILogger<CatalogueRefresh> logger) : BackgroundService
{
    // One line in the log when the database goes, one when it is back.
    private bool _isStale;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.CatalogueRefresh, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (catalogue.IsLoaded)
            {
                await RefreshAsync(stoppingToken);
            }
        }
    }

    private async Task RefreshAsync(CancellationToken cancellationToken)
    {
        try
        {
            await catalogue.LoadAsync(cancellationToken);
            LogRead(_isStale ? LogLevel.Information : LogLevel.Debug, catalogue.Current.Count);
            _isStale = false;
        }
        catch (DbException exception)
        {
            LogStale(_isStale ? LogLevel.Debug : LogLevel.Warning, exception.Message);
            _isStale = true;
        }
    }

    [LoggerMessage(EventName = "CatalogueStale", Message = "The catalogue cannot be read and stays as it is: {Reason}")]
    private partial void LogStale(LogLevel level, string reason);

    [LoggerMessage(EventName = "CatalogueRead", Message = "The catalogue is up to date: {Books} books")]
    private partial void LogRead(LogLevel level, int books);
}
