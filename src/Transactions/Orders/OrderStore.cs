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
    public Task<IReadOnlyList<(long Position, Order Order)>> ListAsync(long before, int count, CancellationToken cancellationToken) =>
        ListAsync("order_number < @before", new { before, count }, cancellationToken);

    /// <summary>Does as <see cref="ListAsync(long, int, CancellationToken)"/> for the orders of one customer.</summary>
    public Task<IReadOnlyList<(long Position, Order Order)>> ListOfCustomerAsync(
        string customerId, long before, int count, CancellationToken cancellationToken) =>
        ListAsync("customer_id = @customerId AND order_number < @before", new { customerId, before, count }, cancellationToken);

    private static async Task<Order?> FindAsync(DbConnection connection, string orderId, CancellationToken cancellationToken)
    {
        await using var results = await connection.QueryMultipleAsync(new CommandDefinition(
            $"""
            SELECT {OrderRow.Columns} FROM orders WHERE order_id = @orderId;
            {OrderParts.Sql("SELECT order_number FROM orders WHERE order_id = @orderId")}
            """,
            new { orderId },
            cancellationToken: cancellationToken));
        var row = await results.ReadSingleOrDefaultAsync<OrderRow>();
        var parts = await OrderParts.ReadAsync(results);
        return row is null ? null : parts.Complete(row);
    }

    // The parts are read by number: an order that comes in between the two statements must not push the parts of another one out.
    private async Task<IReadOnlyList<(long Position, Order Order)>> ListAsync(
        string condition, object parameters, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var orders = (await connection.QueryAsync<OrderRow>(new CommandDefinition(
            $"SELECT {OrderRow.Columns} FROM orders WHERE {condition} ORDER BY order_number DESC LIMIT @count",
            parameters,
            cancellationToken: cancellationToken))).AsList();
        var parts = await OrderParts.ReadAsync(connection, orders.Select(order => order.OrderNumber), cancellationToken);
        return [.. orders.Select(order => (order.OrderNumber, parts.Complete(order)))];
    }
}
