namespace BooksForYou.Chaos.Tests.Accounts;

/// <summary>An order in the books of Transactions.</summary>
internal sealed record OrderAccount
{
    public required string OrderId { get; init; }

    /// <summary>The key that it was made for, as its e-mail address says: each key has its own.</summary>
    public required string Key { get; init; }

    /// <summary>PAID, REFUNDED, …</summary>
    public required string State { get; init; }

    public required long TotalCents { get; init; }

    /// <summary>The payment's name at the gateway.</summary>
    public required string PaymentKey { get; init; }

    /// <summary>The copies, by book.</summary>
    public required IReadOnlyDictionary<int, int> Copies { get; init; }

    /// <summary>What the lines come to, without discounts.</summary>
    public required long LinesCents { get; init; }

    /// <summary>What the cheapest copy costs.</summary>
    public required long CheapestCents { get; init; }

    /// <summary>What promotions took off.</summary>
    public required long DiscountCents { get; init; }

    /// <summary>Whose order it is; empty for a guest's.</summary>
    public required string CustomerId { get; init; }

    /// <summary>Whether the customer's one use of the promotion is in it.</summary>
    public required bool HasPromotion { get; init; }

    /// <summary>Whether it has ever been paid.</summary>
    public bool WasPaid => State is "PAID" or "REFUNDING" or "REFUNDED";
}
