namespace BooksForYou.Transactions.Orders;

/// <summary>A discount of one of several orders.</summary>
internal sealed class DiscountRow
{
    public const string Columns =
        """
        order_discount.order_number AS OrderNumber, order_discount.promotion_id AS PromotionId, order_discount.name AS Name,
        order_discount.reason AS Reason, order_discount.amount_cents AS AmountCents
        """;

    public long OrderNumber { get; init; }

    public string PromotionId { get; init; } = "";

    public string Name { get; init; } = "";

    public string Reason { get; init; } = "";

    public long AmountCents { get; init; }

    public OrderDiscount ToDiscount() => new() { PromotionId = PromotionId, Name = Name, Reason = Reason, AmountCents = AmountCents };
}
