using Npgsql;

namespace BooksForYou.SideBySide.Checkout;

/// <summary>Looks whether sales are in the databases, whoever wrote them.</summary>
internal static class SaleCheck
{
    private const string Sold =
        "SELECT count(*) FROM sale JOIN basket USING (visitor_id) WHERE idempotency_key = ANY ($1) AND state = 'Done' AND answer IS NOT NULL AND items = '{}'";

    private const string Paid =
        """
        SELECT count(*)
        FROM charge
        JOIN orders USING (order_id)
        JOIN receipt USING (order_number)
        WHERE idempotency_key = ANY ($1) AND orders.state = 'PAID' AND answer IS NOT NULL
            AND (SELECT count(*) FROM order_line WHERE order_line.order_number = orders.order_number) = 2
            AND (SELECT count(*) FROM order_event WHERE order_event.order_number = orders.order_number) = 2
        """;

    private const string Committed =
        """
        SELECT count(*)
        FROM reservation
        WHERE split_part(reservation_id, '.', 1) = ANY ($1) AND state = 2
            AND (SELECT count(*) FROM reservation_line WHERE reservation_line.reservation_id = reservation.reservation_id) = 2
        """;

    /// <summary>Makes sure that all are there, complete: sold, paid, out of the stock, out of the basket.</summary>
    /// <exception cref="InvalidOperationException">Some are not.</exception>
    public static async Task RequireAsync(SaleDatabases databases, IReadOnlyCollection<Visit> visits, CancellationToken cancellation)
    {
        var keys = visits.Select(visit => visit.Key).ToArray();
        await RequireAsync(databases.Cart, Sold, keys, cancellation);
        await RequireAsync(databases.Transactions, Paid, keys, cancellation);
        await RequireAsync(databases.Inventory, Committed, keys, cancellation);
        await RequireAsync(databases.Inventory, "SELECT count(*) FROM stock_discrepancy", [], cancellation);
    }

    /// <summary>Waits until no receipt waits to be sent, so that sending does not go on while others are measured.</summary>
    public static async Task WaitForReceiptsAsync(SaleDatabases databases, CancellationToken cancellation)
    {
        while (await CountAsync(databases.Transactions, "SELECT count(*) FROM receipt WHERE state = 'WAITING'", [], cancellation) > 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200), cancellation);
        }
    }

    private static async Task RequireAsync(string database, string sql, string[] keys, CancellationToken cancellation)
    {
        if (await CountAsync(database, sql, keys, cancellation) is var found && found != keys.Length)
        {
            throw new InvalidOperationException($"{found} instead of {keys.Length}: the run does not count.\n{sql}");
        }
    }

    private static async Task<long> CountAsync(string database, string sql, string[] keys, CancellationToken cancellation)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync(cancellation);
        await using var command = new NpgsqlCommand(sql, connection);
        if (sql.Contains("$1", StringComparison.Ordinal))
        {
            command.Parameters.Add(new NpgsqlParameter { Value = keys });
        }

        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }
}
