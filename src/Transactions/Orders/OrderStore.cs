using System.Data.Common;
using BooksForYou.ServiceKit.Storage;
using Dapper;

namespace BooksForYou.Transactions.Orders;

/// <summary>Reads orders.</summary>
internal sealed class OrderStore(Database database)
{
    /// <summary>Finds one order by its number.</summary>
    public async Task<Order?> FindAsync(string orderId, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await FindAsync(connection, orderId, cancellationToken);
    }

    /// <summary>Finds the order of an idempotency key; null when the key is unknown or was given up.</summary>
    public async Task<Order?> FindByKeyAsync(string idempotencyKey, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var orderId = await connection.ExecuteScalarAsync<string?>(new CommandDefinition(
            "SELECT order_id FROM charge WHERE idempotency_key = @idempotencyKey",
            new { idempotencyKey },
            cancellationToken: cancellationToken));
        return orderId is null ? null : await FindAsync(connection, orderId, cancellationToken);
    }

    /// <summary>Gives the orders before a position, newest first, with their positions.</summary>
    /// <param name="before">Where the page before ended; <see cref="long.MaxValue"/> for the first page.</param>
    /// <param name="count">How many orders at most.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<(long Position, Order Order)>> ListAsync(long before, int count, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var results = await connection.QueryMultipleAsync(new CommandDefinition(
            $"""
            SELECT {OrderRow.Columns} FROM orders WHERE order_number < @before ORDER BY order_number DESC LIMIT @count;
            SELECT {LineRow.Columns}
            FROM order_line
            WHERE order_number IN (SELECT order_number FROM orders WHERE order_number < @before ORDER BY order_number DESC LIMIT @count)
            ORDER BY order_number, position;
            """,
            new { before, count },
            cancellationToken: cancellationToken));
        var orders = (await results.ReadAsync<OrderRow>()).AsList();
        var lines = (await results.ReadAsync<LineRow>()).ToLookup(line => line.OrderNumber);
        return [.. orders.Select(row => (row.OrderNumber, row.ToOrder(lines[row.OrderNumber].Select(line => line.ToLine()))))];
    }

    private static async Task<Order?> FindAsync(DbConnection connection, string orderId, CancellationToken cancellationToken)
    {
        await using var results = await connection.QueryMultipleAsync(new CommandDefinition(
            $"""
            SELECT {OrderRow.Columns} FROM orders WHERE order_id = @orderId;
            SELECT {LineRow.Columns}
            FROM order_line
            WHERE order_number = (SELECT order_number FROM orders WHERE order_id = @orderId)
            ORDER BY position;
            """,
            new { orderId },
            cancellationToken: cancellationToken));
        var row = await results.ReadSingleOrDefaultAsync<OrderRow>();
        var lines = await results.ReadAsync<LineRow>();
        return row?.ToOrder(lines.Select(line => line.ToLine()));
    }
}
