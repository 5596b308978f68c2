using System.Data.Common;
using System.Globalization;
using BooksForYou.Contracts.Transactions.V1;
using BooksForYou.ServiceKit.Forgetting;
using BooksForYou.ServiceKit.Storage;
using Dapper;
using Google.Protobuf;

namespace BooksForYou.Transactions.Orders;

/// <summary>
/// Forgets customers: their orders stay, for the books of the shop, and name nobody. An order that is still to be paid or paid back, or whose receipt
/// is still to be sent, is left as it is until that is over.
/// </summary>
internal sealed class CustomerForgetting([FromKeyedServices("Transactions")] Database database) : IForgetAccounts
{
    private const int MostAtOnce = 100;

    private readonly string _forUpdate = database.Dialect == DatabaseDialect.PostgreSql ? "FOR UPDATE OF orders" : "";

    /// <inheritdoc/>
    public async Task<bool> ForgetAsync(DbConnection connection, string accountId, CancellationToken cancellationToken)
    {
        List<SettledOrder> orders;
        do
        {
            orders = (await connection.QueryAsync<SettledOrder>(new CommandDefinition(
                $"""
                SELECT orders.order_number AS Number, orders.order_id AS OrderId, charge.answer AS Answer
                FROM orders JOIN charge ON charge.order_id = orders.order_id
                WHERE orders.customer_id = @accountId
                    AND orders.state IN ('PAID', 'DECLINED', 'REFUNDED')
                    AND NOT EXISTS (SELECT 1 FROM receipt WHERE receipt.order_number = orders.order_number AND receipt.state = 'WAITING')
                ORDER BY orders.order_number
                LIMIT @MostAtOnce {_forUpdate}
                """,
                new { accountId, MostAtOnce },
                cancellationToken: cancellationToken))).AsList();
            await ForgetAsync(connection, orders, cancellationToken);
        }
        while (orders.Count == MostAtOnce);
        return await connection.ExecuteScalarAsync<long>(new CommandDefinition(
            "SELECT count(*) FROM orders WHERE customer_id = @accountId", new { accountId }, cancellationToken: cancellationToken)) == 0;
    }

    // A receipt that was given up has nowhere to go any more.
    private static async Task ForgetAsync(DbConnection connection, List<SettledOrder> orders, CancellationToken cancellationToken)
    {
        if (orders.Count == 0)
        {
            return;
        }

        var numbers = string.Join(", ", orders.Select(order => order.Number.ToString(CultureInfo.InvariantCulture)));
        var answers = orders.Index().Where(order => order.Item.Answer is not null).ToList();
        var parameters = new DynamicParameters();
        foreach (var (index, order) in answers)
        {
            parameters.Add($"order{index}", order.OrderId);
            parameters.Add($"answer{index}", WithoutName(order.Answer!));
        }

        await connection.ExecuteAsync(new CommandDefinition(
            $"""
            UPDATE orders SET customer_id = NULL, email = '', name = '', street = '', street2 = '', postal_code = ''
            WHERE order_number IN ({numbers});
            DELETE FROM receipt WHERE order_number IN ({numbers}) AND state = 'DEAD';
            {string.Join("\n", answers.Select(order => $"UPDATE charge SET answer = @answer{order.Index} WHERE order_id = @order{order.Index};"))}
            """,
            parameters,
            cancellationToken: cancellationToken));
    }

    // The stored answer of the charge has the order in it.
    private static byte[] WithoutName(byte[] answer)
    {
        var response = ChargeResponse.Parser.ParseFrom(answer);
        response.Order.CustomerId = "";
        response.Order.Email = "";
        response.Order.Address = new Contracts.Transactions.V1.Address
        {
            City = response.Order.Address.City,
            Country = response.Order.Address.Country,
        };
        return response.ToByteArray();
    }

    private sealed class SettledOrder
    {
        public long Number { get; init; }

        public string OrderId { get; init; } = "";

        public byte[]? Answer { get; init; }
    }
}
