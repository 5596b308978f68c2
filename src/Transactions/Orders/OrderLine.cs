namespace BooksForYou.Transactions.Orders;

/// <summary>One book of an order, as it was when it was sold.</summary>
internal sealed class OrderLine
{
    public int BookId { get; init; }

    public string Title { get; init; } = "";

    public int Quantity { get; init; }

    public long UnitPriceCents { get; init; }
}
