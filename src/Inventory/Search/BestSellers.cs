using System.Data.Common;
using BooksForYou.ServiceKit.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BooksForYou.Inventory.Search;

/// <summary>The books that sell best, in memory. A word that thousands of books have is looked for among these first, so that what most
/// people mean is among what is ranked.</summary>
internal sealed partial class BestSellers(
    [FromKeyedServices("Inventory")] Database database,
    IOptions<InventoryOptions> options,
    TimeProvider time,
    ILogger<BestSellers> logger) : BackgroundService
{
    private const int Kept = 2000;

    private volatile IReadOnlyList<SearchHit> _books = [];

    /// <summary>Those that have every term.</summary>
    public IEnumerable<SearchHit> Find(IReadOnlyList<SearchTerm> terms) =>
        _books.Where(book => book.Matches(terms)).Select(
            book => new SearchHit { BookId = book.BookId, TitleKey = book.TitleKey, AuthorKey = book.AuthorKey, Sold = book.Sold });

    /// <summary>Reads them anew.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        _books = await new SearchIndex(database.Dialect).FindBestSellersAsync(connection, Kept, cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await database.Prepared.WaitAsync(stoppingToken);
        using var timer = new PeriodicTimer(options.Value.BestSellersRefresh, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await RefreshAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is DbException or DatabaseUnavailableException or IOException)
            {
                LogStale(exception.Message);
            }
        }
    }

    [LoggerMessage(EventName = "BestSellersStale", Level = LogLevel.Warning, Message = "The best-selling books cannot be read anew and stay as they are: {Reason}")]
    private partial void LogStale(string reason);
}
