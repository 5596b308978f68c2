using System.Globalization;
using Dapper;

namespace BooksForYou.Transactions.Orders;

/// <summary>Statements that write the lines and discounts of the order <c>@OrderId</c>, if it is there.</summary>
internal static class OrderPartsSql
{
    public static string InsertLines(IReadOnlyList<OrderLine> lines, DynamicParameters parameters)
    {
        var values = new List<string>();
        foreach (var (position, line) in lines.Index())
        {
            values.Add(string.Create(CultureInfo.InvariantCulture, $"({position}, @book{position}, @title{position}, @quantity{position}, @price{position})"));
            parameters.Add($"book{position}", line.BookId);
            parameters.Add($"title{position}", line.Title);
            parameters.Add($"quantity{position}", line.Quantity);
            parameters.Add($"price{position}", line.UnitPriceCents);
        }

        return Insert("order_line (order_number, position, book_id, title, quantity, unit_price_cents)", values);
    }

    public static string InsertDiscounts(IReadOnlyList<OrderDiscount> discounts, DynamicParameters parameters)
    {
        var values = new List<string>();
        foreach (var (position, discount) in discounts.Index())
        {
            values.Add(string.Create(CultureInfo.InvariantCulture, $"({position}, @promotion{position}, @name{position}, @reason{position}, @amount{position})"));
            parameters.Add($"promotion{position}", discount.PromotionId);
            parameters.Add($"name{position}", discount.Name);
            parameters.Add($"reason{position}", discount.Reason);
            parameters.Add($"amount{position}", discount.AmountCents);
        }

        return values.Count == 0 ? "" : Insert("order_discount (order_number, position, promotion_id, name, reason, amount_cents)", values);
    }

    private static string Insert(string columns, IEnumerable<string> values) =>
        $"""
        INSERT INTO {columns}
        SELECT orders.order_number, part.column1, part.column2, part.column3, part.column4, part.column5
        FROM orders CROSS JOIN (VALUES {string.Join(", ", values)}) AS part
        WHERE orders.order_id = @OrderId;
        """;
}
