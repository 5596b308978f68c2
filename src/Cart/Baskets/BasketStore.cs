using System.Data;
using System.Globalization;
using BooksForYou.ServiceKit.Storage;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace BooksForYou.Cart.Baskets;

/// <summary>The baskets. Every edit is one atomic statement: edits from many tabs happen one after the other, and none is lost.</summary>
internal sealed class BasketStore([FromKeyedServices("Cart")] Database database, TimeProvider time)
{
    private const int SweepBatch = 1000;

    private readonly BasketSql _sql = BasketSql.For(database.Dialect);

    /// <summary>Reads a basket; one that does not exist is empty.</summary>
    public async Task<StoredBasket> ReadAsync(string visitorId, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var row = await connection.QuerySingleOrDefaultAsync<BasketRow>(new CommandDefinition(
            "SELECT items AS Items, revision AS Revision FROM basket WHERE visitor_id = @visitorId",
            new { visitorId },
            cancellationToken: cancellationToken));
        return row?.ToBasket() ?? StoredBasket.Empty;
    }

    /// <summary>Adds copies of a book, up to 99 in all, and notes today's price. If that is null, a price noted earlier stays.</summary>
    /// <returns>How many copies are in the basket now; null when it has 100 other books already.</returns>
    public Task<int?> AddAsync(string visitorId, int bookId, int quantity, Price? price, CancellationToken cancellationToken)
    {
        var parameters = new
        {
            Visitor = visitorId,
            Book = Key(bookId),
            Path = Path(bookId),
            Quantity = quantity,
            price?.Cents,
            price?.Currency,
            Now = time.GetUtcNow(),
        };
        return database.StatementAsync(
            (connection, _) => connection.QuerySingleOrDefaultAsync<int?>(_sql.Add, parameters), cancellationToken);
    }

    /// <summary>Sets the quantity of a book that is in the basket.</summary>
    /// <returns>Whether it is.</returns>
    public async Task<bool> SetQuantityAsync(string visitorId, int bookId, int quantity, CancellationToken cancellationToken)
    {
        var parameters = new { Visitor = visitorId, Book = Key(bookId), Path = Path(bookId), Quantity = quantity, Now = time.GetUtcNow() };
        return await ExecuteAsync(_sql.SetQuantity, parameters, cancellationToken) > 0;
    }

    public Task RemoveAsync(string visitorId, int bookId, CancellationToken cancellationToken) => ExecuteAsync(
        _sql.Remove,
        new { Visitor = visitorId, Book = Key(bookId), Path = Path(bookId), Now = time.GetUtcNow() },
        cancellationToken);

    public Task ClearAsync(string visitorId, CancellationToken cancellationToken) => ExecuteAsync(
        "UPDATE basket SET items = '{}', revision = revision + 1, updated_at = @Now WHERE visitor_id = @Visitor AND items <> '{}'",
        new { Visitor = visitorId, Now = time.GetUtcNow() },
        cancellationToken);

    /// <summary>
    /// Moves what is in a visitor's basket into another one, up to 99 copies a book and 100 books; what does not fit is dropped. Both rows are
    /// locked meanwhile: an edit of either waits and then counts, and of two that merge the second finds nothing left.
    /// </summary>
    /// <returns>How many copies are in the other one now; null when the visitor's is being sold: what is sold must not come over.</returns>
    public Task<int?> MergeAsync(string visitorId, string owner, CancellationToken cancellationToken) => database.TransactionAsync(
        IsolationLevel.ReadCommitted,
        async (connection, token) =>
        {
            var parameters = new { Visitor = visitorId, Owner = owner, Now = time.GetUtcNow() };
            var rows = (await connection.QueryAsync<(string Owner, string Items, long Revision)>(new CommandDefinition(
                _sql.Lock, parameters, cancellationToken: token))).ToDictionary(row => row.Owner, row => StoredBasket.Parse(row.Revision, row.Items));
            var from = rows.GetValueOrDefault(visitorId) ?? StoredBasket.Empty;
            var into = rows[owner];
            if (from.Items.Count == 0)
            {
                return into.Copies;
            }

            if (await connection.ExecuteScalarAsync<long>(new CommandDefinition(
                "SELECT count(*) FROM sale WHERE visitor_id = @Visitor AND answer IS NULL", parameters, cancellationToken: token)) > 0)
            {
                return (int?)null;
            }

            var merged = into.With(from);
            await connection.ExecuteAsync(new CommandDefinition(
                _sql.Move, new { parameters.Visitor, parameters.Owner, parameters.Now, Items = merged.ToJson() }, cancellationToken: token));
            return merged.Copies;
        },
        cancellationToken);

    /// <summary>Deletes baskets that nobody has edited since a time.</summary>
    /// <returns>How many.</returns>
    public async Task<int> DeleteUnusedSinceAsync(DateTimeOffset since, CancellationToken cancellationToken)
    {
        var total = 0;
        int deleted;
        do
        {
            // In batches: no edit has to wait for the whole sweep. The outer condition looks again, for it may just have been edited.
            deleted = await ExecuteAsync(
                """
                DELETE FROM basket
                WHERE updated_at < @since AND visitor_id IN (
                    SELECT visitor_id FROM basket WHERE updated_at < @since ORDER BY updated_at LIMIT @SweepBatch)
                """,
                new { since, SweepBatch },
                cancellationToken);
            total += deleted;
        }
        while (deleted == SweepBatch);
        return total;
    }

    private static string Key(int bookId) => bookId.ToString(CultureInfo.InvariantCulture);

    private static string Path(int bookId) => string.Create(CultureInfo.InvariantCulture, $"$.\"{bookId}\"");

    private Task<int> ExecuteAsync(string sql, object parameters, CancellationToken cancellationToken) =>
        database.StatementAsync((connection, _) => connection.ExecuteAsync(sql, parameters), cancellationToken);
}
