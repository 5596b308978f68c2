namespace BooksForYou.Transactions.Orders;

/// <summary>An order. Amounts are in cents of <see cref="Currency"/>, tax included.</summary>
internal sealed record Order
{
    public required string OrderId { get; init; }

    public required OrderState State { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required IReadOnlyList<OrderLine> Lines { get; init; }

    /// <summary>What promotions took off; in the total already.</summary>
    public IReadOnlyList<OrderDiscount> Discounts { get; init; } = [];

    public required string Currency { get; init; }

    public required long TotalCents { get; init; }

    public required long TaxCents { get; init; }

    public required int TaxRateBasisPoints { get; init; }

    public required Address Address { get; init; }

    public required string Email { get; init; }

    public required string ReservationId { get; init; }

    /// <summary>Whose order it is: the subject of the customer's tokens; null for a guest's.</summary>
    public string? CustomerId { get; init; }

    /// <summary>Whether the customer's one use of buy two, get one free is in it.</summary>
    public bool BuyTwoGetOneFreePromo { get; init; }

    public string CardBrand { get; init; } = "";

    public string CardLastFour { get; init; } = "";

    public string DeclineReason { get; init; } = "";

    /// <summary>The order after its payment came to an end.</summary>
    public Order With(PaymentOutcome outcome) => this with
    {
        State = outcome.State,
        CardBrand = outcome.CardBrand,
        CardLastFour = outcome.CardLastFour,
        DeclineReason = outcome.DeclineReason,
    };
}
