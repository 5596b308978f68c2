namespace BooksForYou.Transactions.Orders;

/// <summary>What a promotion took off an order.</summary>
internal sealed class OrderDiscount
{
    public string PromotionId { get; init; } = "";

    /// <summary>The promotion's name at the time of the sale.</summary>
    public string Name { get; init; } = "";

    /// <summary>What was taken off and why, for the customer to read.</summary>
    public string Reason { get; init; } = "";

    public long AmountCents { get; init; }
}
