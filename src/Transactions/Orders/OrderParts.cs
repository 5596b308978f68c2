using System.Data.Common;
using System.Globalization;
using Dapper;

namespace BooksForYou.Transactions.Orders;

/// <summary>The lines and discounts of orders. They never change, so they may be read after the orders.</summary>
internal sealed class OrderParts
{
    private readonly ILookup<long, LineRow> _lines;
    private readonly ILookup<long, DiscountRow> _discounts;

    private OrderParts(IEnumerable<LineRow> lines, IEnumerable<DiscountRow> discounts)
    {
        _lines = lines.ToLookup(line => line.OrderNumber);
        _discounts = discounts.ToLookup(discount => discount.OrderNumber);
    }

    /// <summary>The two statements that read them.</summary>
    /// <param name="numbers">The numbers of the orders, as SQL: a list or a query.</param>
    public static string Sql(string numbers) =>
        $"""
        SELECT {LineRow.Columns} FROM order_line WHERE order_number IN ({numbers}) ORDER BY order_number, position;
        SELECT {DiscountRow.Columns} FROM order_discount WHERE order_number IN ({numbers}) ORDER BY order_number, position;
        """;

    /// <summary>Reads what <see cref="Sql"/> gives.</summary>
    public static async Task<OrderParts> ReadAsync(SqlMapper.GridReader results) =>
        new(await results.ReadAsync<LineRow>(), await results.ReadAsync<DiscountRow>());

    /// <summary>Reads the parts of orders that were read before.</summary>
    public static async Task<OrderParts> ReadAsync(DbConnection connection, IEnumerable<long> orderNumbers, CancellationToken cancellationToken)
    {
        var numbers = string.Join(", ", orderNumbers.Select(number => number.ToString(CultureInfo.InvariantCulture)));
        if (numbers.Length == 0)
        {
            return new OrderParts([], []);
        }

        await using var results = await connection.QueryMultipleAsync(new CommandDefinition(Sql(numbers), cancellationToken: cancellationToken));
        return await ReadAsync(results);
    }

    /// <summary>Puts an order together.</summary>
    public Order Complete(OrderRow row) => row.ToOrder(
        [.. _lines[row.OrderNumber].Select(line => line.ToLine())],
        [.. _discounts[row.OrderNumber].Select(discount => discount.ToDiscount())]);
}
