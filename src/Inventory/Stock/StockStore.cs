using System.Data;
using BooksForYou.ServiceKit.Storage;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace BooksForYou.Inventory.Stock;

/// <summary>The tables stock, stock_entry and stock_adjustment, but for what reservations do to them.</summary>
internal sealed class StockStore([FromKeyedServices("Inventory")] Database database)
{
    /// <summary>The most copies of a book that can be on hand.</summary>
    public const int MostOnHand = 1_000_000_000;

    /// <summary>Finds an adjustment that has been made.</summary>
    public async Task<StockAdjustment?> FindAdjustmentAsync(string id, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<StockAdjustment>(new CommandDefinition(
            "SELECT adjustment_id AS AdjustmentId, book_id AS BookId, delta, reason, available FROM stock_adjustment WHERE adjustment_id = @id",
            new { id },
            cancellationToken: cancellationToken));
    }

    /// <summary>
    /// Changes how many copies there are, if that leaves no less than none available and no more than can be counted, and the id is new.
    /// </summary>
    /// <returns>How many copies are available then, or null when nothing was changed.</returns>
    public Task<int?> TryAdjustAsync(
        string id,
        int bookId,
        int delta,
        string reason,
        DateTimeOffset now,
        CancellationToken cancellationToken) => database.TransactionAsync(
        IsolationLevel.ReadCommitted,
        async (connection, token) =>
        {
            var parameters = new { id, bookId, delta, reason, now, MostOnHand };

            // Of two with the same id, the second waits here until the first has committed.
            var isNew = await connection.ExecuteAsync(new CommandDefinition(
                """
                INSERT INTO stock_adjustment (adjustment_id, book_id, delta, reason, available)
                VALUES (@id, @bookId, @delta, @reason, 0)
                ON CONFLICT (adjustment_id) DO NOTHING
                """,
                parameters,
                cancellationToken: token)) == 1;
            var available = !isNew ? null : await connection.ExecuteScalarAsync<int?>(new CommandDefinition(
                """
                UPDATE stock SET on_hand = on_hand + @delta
                WHERE book_id = @bookId AND on_hand - reserved >= -@delta AND on_hand <= @MostOnHand - @delta
                RETURNING on_hand - reserved
                """,
                parameters,
                cancellationToken: token));
            if (available is null)
            {
                if (isNew)
                {
                    await connection.ExecuteAsync(new CommandDefinition(
                        "DELETE FROM stock_adjustment WHERE adjustment_id = @id", new { id }, cancellationToken: token));
                }

                return null;
            }

            await connection.ExecuteAsync(new CommandDefinition(
                """
                UPDATE stock_adjustment SET available = @available WHERE adjustment_id = @id;

                INSERT INTO stock_entry (book_id, create_time, delta, reason, reference) VALUES (@bookId, @now, @delta, @reason, @id);
                """,
                new { id, bookId, delta, reason, now, available },
                cancellationToken: token));
            return available;
        },
        cancellationToken);

    /// <summary>How many copies of a book are available, or null when there is no such book.</summary>
    public async Task<int?> FindAvailableAsync(int bookId, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<int?>(new CommandDefinition(
            "SELECT on_hand - reserved FROM stock WHERE book_id = @bookId", new { bookId }, cancellationToken: cancellationToken));
    }

    /// <summary>Adds up the ledger of a book, and what live reservations hold of it, as they are at one moment.</summary>
    /// <returns>The two sums.</returns>
    public async Task<LedgerTotals> SumAsync(int bookId, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleAsync<LedgerTotals>(new CommandDefinition(
            """
            SELECT
                CAST(coalesce((SELECT sum(delta) FROM stock_entry WHERE book_id = @bookId), 0) AS bigint) AS Total,
                CAST(coalesce((
                    SELECT sum(l.quantity)
                    FROM reservation r
                    JOIN reservation_line l ON l.reservation_id = r.reservation_id
                    WHERE r.state = 1 AND l.book_id = @bookId
                ), 0) AS bigint) AS Held
            """,
            new { bookId },
            cancellationToken: cancellationToken));
    }

    /// <summary>Reads entries of a book's ledger, the newest first.</summary>
    /// <param name="bookId">The book.</param>
    /// <param name="before">Only entries with lower numbers.</param>
    /// <param name="limit">How many at the most.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<EntryRow>> ListEntriesAsync(int bookId, long before, int limit, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<EntryRow>(new CommandDefinition(
            """
            SELECT entry_id AS EntryId, create_time AS CreateTime, delta, reason, reference
            FROM stock_entry
            WHERE book_id = @bookId AND entry_id < @before
            ORDER BY entry_id DESC
            LIMIT @limit
            """,
            new { bookId, before, limit },
            cancellationToken: cancellationToken));
        return rows.AsList();
    }

    /// <summary>Finds the books whose stock is not what the ledger and the live reservations add up to. There should be none.</summary>
    public async Task<IReadOnlyList<StockDiscrepancy>> CheckLedgerAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<StockDiscrepancy>(new CommandDefinition(
            "SELECT book_id AS BookId, on_hand AS OnHand, reserved, ledger_total AS LedgerTotal, held FROM stock_discrepancy ORDER BY book_id",
            commandTimeout: 0,
            cancellationToken: cancellationToken));
        return rows.AsList();
    }
}
