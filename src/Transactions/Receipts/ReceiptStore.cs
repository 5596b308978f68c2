using System.Data;
using System.Globalization;
using BooksForYou.ServiceKit.Mail;
using BooksForYou.ServiceKit.Storage;
using BooksForYou.Transactions.Orders;
using Dapper;

namespace BooksForYou.Transactions.Receipts;

/// <summary>The outbox of receipts.</summary>
internal sealed class ReceiptStore(Database database)
{
    /// <summary>Puts the receipt of an order that is in the state <c>@to</c> into the outbox: a part of the transaction that moves it there.</summary>
    public const string InsertSql =
        """
        INSERT INTO receipt (receipt_id, order_number, created_at, due_at, traceparent)
        SELECT @receiptId, order_number, @now, @now, @trace FROM orders WHERE order_id = @orderId AND state = @to
        ON CONFLICT (order_number) DO NOTHING;
        """;

    /// <summary>Takes receipts that are due, the longest waiting first. Should the caller not come back, they are due again at <paramref name="dueAgain"/>.</summary>
    public async Task<IReadOnlyList<Receipt>> TakeDueAsync(DateTimeOffset now, DateTimeOffset dueAgain, int count, CancellationToken cancellationToken)
    {
        // Nearly always there is nothing, and a look costs no writer's turn.
        if (!await AnyDueAsync(now, cancellationToken))
        {
            return [];
        }

        var skipLocked = database.Dialect == DatabaseDialect.PostgreSql ? "FOR UPDATE SKIP LOCKED" : "";
        return await database.TransactionAsync<IReadOnlyList<Receipt>>(
            IsolationLevel.ReadCommitted,
            async (connection, token) =>
            {
                var taken = (await connection.QueryAsync<TakenRow>(new CommandDefinition(
                    $"""
                    UPDATE receipt SET attempts = attempts + 1, due_at = @dueAgain
                    WHERE receipt_id IN (
                        SELECT receipt_id FROM receipt
                        WHERE state = 'WAITING' AND due_at <= @now
                        ORDER BY due_at LIMIT @count {skipLocked})
                    RETURNING receipt_id AS ReceiptId, order_number AS OrderNumber, created_at AS CreatedAt, attempts AS Attempts,
                        traceparent AS Trace
                    """,
                    new { now, dueAgain, count },
                    cancellationToken: token))).AsList();
                if (taken.Count == 0)
                {
                    return [];
                }

                await using var results = await connection.QueryMultipleAsync(new CommandDefinition(
                    $"""
                    SELECT {OrderRow.Columns} FROM orders WHERE order_number IN ({Numbers(taken)});
                    {OrderParts.Sql(Numbers(taken))}
                    """,
                    cancellationToken: token));
                var orders = (await results.ReadAsync<OrderRow>()).ToDictionary(row => row.OrderNumber);
                var parts = await OrderParts.ReadAsync(results);
                return [.. taken.Select(row => new Receipt(
                    row.ReceiptId,
                    row.CreatedAt,
                    row.Attempts,
                    parts.Complete(orders[row.OrderNumber]),
                    row.Trace))];
            },
            cancellationToken);
    }

    /// <summary>Notes what became of an attempt. Only the latest attempt's word counts, but for success, which is always true.</summary>
    public Task NoteAsync(IReadOnlyCollection<MailResult> results, DateTimeOffset now, CancellationToken cancellationToken) => database.TransactionAsync(
        IsolationLevel.ReadCommitted,
        (connection, token) => connection.ExecuteAsync(new CommandDefinition(
            string.Join("\n", results.Select(UpdateSql)),
            ParametersOf(results, now),
            cancellationToken: token)),
        cancellationToken);

    /// <summary>How many receipts wait, and how many were given up.</summary>
    public async Task<(long Waiting, long Dead)> CountAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleAsync<(long, long)>(new CommandDefinition(
            "SELECT (SELECT COUNT(*) FROM receipt WHERE state = 'WAITING'), (SELECT COUNT(*) FROM receipt WHERE state = 'DEAD')",
            cancellationToken: cancellationToken));
    }

    private async Task<bool> AnyDueAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            "SELECT EXISTS (SELECT 1 FROM receipt WHERE state = 'WAITING' AND due_at <= @now)",
            new { now },
            cancellationToken: cancellationToken));
    }

    private static string UpdateSql(MailResult result, int index) => result.State == MailState.Sent
        ? $"UPDATE receipt SET state = 'SENT', sent_at = @now, last_error = '' WHERE receipt_id = @id{index};"
        : $"""
           UPDATE receipt SET state = @state{index}, due_at = @due{index}, last_error = @error{index}
           WHERE receipt_id = @id{index} AND state = 'WAITING' AND attempts = @attempt{index};
           """;

    private static DynamicParameters ParametersOf(IEnumerable<MailResult> results, DateTimeOffset now)
    {
        var parameters = new DynamicParameters(new { now });
        foreach (var (index, result) in results.Index())
        {
            parameters.Add($"id{index}", result.MailId);
            if (result.State != MailState.Sent)
            {
                parameters.Add($"state{index}", result.State == MailState.Dead ? "DEAD" : "WAITING");
                parameters.Add($"due{index}", result.Due);
                parameters.Add($"error{index}", result.Problem);
                parameters.Add($"attempt{index}", result.Attempt);
            }
        }

        return parameters;
    }

    private static string Numbers(IEnumerable<TakenRow> rows) => string.Join(", ", rows.Select(row => row.OrderNumber.ToString(CultureInfo.InvariantCulture)));

    private sealed class TakenRow
    {
        public string ReceiptId { get; init; } = "";

        public long OrderNumber { get; init; }

        public DateTimeOffset CreatedAt { get; init; }

        public int Attempts { get; init; }

        public string Trace { get; init; } = "";
    }
}
