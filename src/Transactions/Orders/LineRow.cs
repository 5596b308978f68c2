namespace BooksForYou.Transactions.Orders;

/// <summary>A line of one of several orders.</summary>
internal sealed class LineRow
{
    public const string Columns =
        """
        order_line.order_number AS OrderNumber, order_line.book_id AS BookId, order_line.title AS Title,
        order_line.quantity AS Quantity, order_line.unit_price_cents AS UnitPriceCents
        """;

    public long OrderNumber { get; init; }

    public int BookId { get; init; }

    public string Title { get; init; } = "";

    public int Quantity { get; init; }

    public long UnitPriceCents { get; init; }

    public OrderLine ToLine() => new() { BookId = BookId, Title = Title, Quantity = Quantity, UnitPriceCents = UnitPriceCents };
}
