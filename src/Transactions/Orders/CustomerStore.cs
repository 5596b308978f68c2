using BooksForYou.ServiceKit.Storage;
using Dapper;

namespace BooksForYou.Transactions.Orders;

/// <summary>What customers have bought and used, and which orders are theirs.</summary>
internal sealed class CustomerStore(Database database)
{
    private readonly string _amongIds = database.Dialect == DatabaseDialect.PostgreSql ? "= ANY(@ids)" : "IN @ids";

    /// <summary>Gives the guests' orders of an address to a customer.</summary>
    /// <param name="email">The address; upper and lower case are the same.</param>
    /// <param name="customerId">The customer.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How many there were.</returns>
    public Task<int> ClaimAsync(string email, string customerId, CancellationToken cancellationToken) => database.StatementAsync(
        (connection, token) => connection.ExecuteAsync(new CommandDefinition(
            "UPDATE orders SET customer_id = @customerId WHERE email_key = @emailKey AND customer_id IS NULL",
            new { customerId, emailKey = email.ToLowerInvariant() },
            cancellationToken: token)),
        cancellationToken);

    /// <summary>Tells which of some books a customer has bought, in an order that is paid.</summary>
    public async Task<IReadOnlyList<int>> ListBoughtAsync(string customerId, IReadOnlyCollection<int> bookIds, CancellationToken cancellationToken) =>
        await ListAsync<int>(
            $"""
            SELECT DISTINCT order_line.book_id
            FROM orders JOIN order_line ON order_line.order_number = orders.order_number
            WHERE orders.customer_id = @customerId AND orders.state = 'PAID' AND order_line.book_id {_amongIds}
            ORDER BY order_line.book_id
            """,
            new { customerId, ids = bookIds.ToArray() },
            cancellationToken);

    /// <summary>Tells which of some customers have used buy two, get one free: in an order that is pending or paid.</summary>
    public async Task<IReadOnlyList<string>> ListPromotionUsesAsync(IReadOnlyCollection<string> customerIds, CancellationToken cancellationToken) =>
        await ListAsync<string>(
            $"""
            SELECT customer_id FROM orders
            WHERE buy_two_get_one_free_promo AND state IN ('PENDING', 'PAID') AND customer_id {_amongIds}
            """,
            new { ids = customerIds.ToArray() },
            cancellationToken);

    private async Task<IReadOnlyList<T>> ListAsync<T>(string sql, object parameters, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<T>(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken))).AsList();
    }
}
