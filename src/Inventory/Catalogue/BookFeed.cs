using System.Globalization;
using BooksForYou.ServiceKit.Errors;
using BooksForYou.ServiceKit.Storage;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace BooksForYou.Inventory.Catalogue;

/// <summary>
/// The catalogue as a sequence of changes. A book stands in it once, where it changed last, so the whole feed is also the whole catalogue:
/// who begins at the beginning gets every book, and then every change, by the same query. Nothing is held open between two pages.
/// </summary>
internal sealed class BookFeed(
    [FromKeyedServices("Inventory")] Database database,
    CatalogueSignal signal,
    IOptions<InventoryOptions> options,
    TimeProvider time)
{
    private const int PageSize = 500;

    /// <summary>Reads what comes after a cursor.</summary>
    /// <param name="cursor">The cursor, or empty for the beginning.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="OutOfRangeException">The cursor is of another catalogue, or of a later time than this one has reached: the follower
    /// has to begin anew.</exception>
    public async Task<FeedPage> ReadAsync(string cursor, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var (feedId, lastChange) = await connection.QuerySingleAsync<(string FeedId, long LastChange)>(new CommandDefinition(
            "SELECT feed_id, last_change FROM catalogue", cancellationToken: cancellationToken));
        var (change, bookId) = Parse(cursor, feedId, lastChange);
        var rows = (await connection.QueryAsync<BookRow, long, (BookRow Book, long Change)>(
            new CommandDefinition(
                $"""
                SELECT {BookRow.BookColumns}, b.traceparent AS Trace, b.change
                FROM book b
                WHERE (b.change, b.book_id) > (@change, @bookId)
                ORDER BY b.change, b.book_id
                LIMIT {PageSize}
                """,
                new { change, bookId },
                cancellationToken: cancellationToken),
            (book, number) => (book, number),
            splitOn: "change")).AsList();
        var changes = rows.ConvertAll(row => (row.Book, Cursor: Format(feedId, row.Change, row.Book.BookId)));
        return new FeedPage(changes, changes.Count > 0 ? changes[^1].Cursor : Format(feedId, change, bookId), changes.Count < PageSize);
    }

    /// <summary>
    /// Waits until there may be more: this process has changed the catalogue, or it is time to look for what another one has done.
    /// </summary>
    /// <param name="changed">The signal's next change, taken before the last look.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task WaitAsync(Task changed, CancellationToken cancellationToken)
    {
        try
        {
            await changed.WaitAsync(options.Value.FeedPoll, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            // Time to look.
        }
    }

    /// <summary>Completes at the next change that this process makes.</summary>
    public Task Changed => signal.Next;

    private static (long Change, long BookId) Parse(string cursor, string feedId, long lastChange)
    {
        if (cursor.Length == 0)
        {
            return (0, 0);
        }

        return PageToken.TryParse(cursor, feedId) is { } place
            && long.TryParse(place.Key, NumberStyles.None, CultureInfo.InvariantCulture, out var change)
            && change <= lastChange
            ? (change, place.Id)
            : throw new OutOfRangeException("The cursor is of another catalogue: begin anew with an empty one");
    }

    private static string Format(string feedId, long change, long bookId) =>
        new PageToken(feedId, bookId, change.ToString(CultureInfo.InvariantCulture)).ToString();
}
