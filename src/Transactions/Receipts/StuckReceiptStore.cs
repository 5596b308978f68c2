using BooksForYou.ServiceKit.Storage;
using Dapper;

namespace BooksForYou.Transactions.Receipts;

/// <summary>The receipts of the outbox that were given up.</summary>
internal sealed class StuckReceiptStore(Database database)
{
    /// <summary>Gives those before a position, newest first.</summary>
    public async Task<IReadOnlyList<StuckReceipt>> ListAsync(long before, int count, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<StuckReceipt>(new CommandDefinition(
            """
            SELECT receipt.order_number AS OrderNumber, receipt.receipt_id AS ReceiptId, orders.order_id AS OrderId,
                receipt.created_at AS CreatedAt, receipt.attempts AS Attempts, receipt.last_error AS LastError
            FROM receipt JOIN orders ON orders.order_number = receipt.order_number
            WHERE receipt.state = 'DEAD' AND receipt.order_number < @before
            ORDER BY receipt.order_number DESC
            LIMIT @count
            """,
            new { before, count },
            cancellationToken: cancellationToken))).AsList();
    }

    /// <summary>Puts one back among those that wait, if it was given up.</summary>
    /// <returns>Whether there is such a receipt.</returns>
    public Task<bool> RetryAsync(string receiptId, DateTimeOffset now, CancellationToken cancellationToken) => database.StatementAsync(
        (connection, token) => connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            """
            UPDATE receipt SET state = 'WAITING', attempts = 0, due_at = @now WHERE receipt_id = @receiptId AND state = 'DEAD';
            SELECT EXISTS (SELECT 1 FROM receipt WHERE receipt_id = @receiptId);
            """,
            new { receiptId, now },
            cancellationToken: token)),
        cancellationToken);
}
