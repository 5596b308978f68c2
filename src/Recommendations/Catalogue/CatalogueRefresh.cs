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
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.CatalogueRefresh, time);
        var stale = false;
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (!catalogue.IsLoaded)
            {
                continue;
            }

            try
            {
                await catalogue.LoadAsync(stoppingToken);
                if (stale)
                {
                    LogFresh(catalogue.Current.Count);
                }

                stale = false;
            }
            catch (Exception exception) when (exception is DbException or IOException or System.Net.Sockets.SocketException)
            {
                if (!stale)
                {
                    LogStale(exception.Message);
                }

                stale = true;
            }
        }
    }

    [LoggerMessage(EventName = "CatalogueStale", Level = LogLevel.Warning, Message = "The catalogue cannot be read anew and stays as it is: {Reason}")]
    private partial void LogStale(string reason);

    [LoggerMessage(EventName = "CatalogueFresh", Level = LogLevel.Information, Message = "The catalogue is up to date again: {Books} books")]
    private partial void LogFresh(int books);
}
