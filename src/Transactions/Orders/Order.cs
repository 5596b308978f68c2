namespace BooksForYou.Transactions.Orders;

/// <summary>An order. Amounts are in cents of <see cref="Currency"/>, tax included.</summary>
internal sealed class Order
{
    public required string OrderId { get; init; }

    public required OrderState State { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required IReadOnlyList<OrderLine> Lines { get; init; }

    public required string Currency { get; init; }

    public required long TotalCents { get; init; }

    public required long TaxCents { get; init; }

    public required int TaxRateBasisPoints { get; init; }

    public required Address Address { get; init; }

    public required string Email { get; init; }

    public required string ReservationId { get; init; }

    public string CardBrand { get; init; } = "";

    public string CardLastFour { get; init; } = "";

    public string DeclineReason { get; init; } = "";

    /// <summary>The order after its payment came to an end.</summary>
    public Order With(PaymentOutcome outcome) => new()
    {
        OrderId = OrderId,
        State = outcome.State,
        CreatedAt = CreatedAt,
        Lines = Lines,
        Currency = Currency,
        TotalCents = TotalCents,
        TaxCents = TaxCents,
        TaxRateBasisPoints = TaxRateBasisPoints,
        Address = Address,
        Email = Email,
        ReservationId = ReservationId,
        CardBrand = outcome.CardBrand,
        CardLastFour = outcome.CardLastFour,
        DeclineReason = outcome.DeclineReason,
    };
}
