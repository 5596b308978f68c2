namespace BooksForYou.Transactions.Orders;

/// <summary>What is known of an idempotency key.</summary>
internal sealed class Charge
{
    public string IdempotencyKey { get; init; } = "";

    /// <summary>The order; null when the key was given up before there was one.</summary>
    public string? OrderId { get; init; }

    /// <summary>SHA-256 of what was ordered.</summary>
    public byte[]? ContentHash { get; init; }

    /// <summary>The payment's name at the gateway.</summary>
    public string? PaymentKey { get; init; }

    /// <summary>The answer that every call of the key gets, as bytes of the contract; null while the payment is open.</summary>
    public byte[]? Answer { get; init; }

    public Guid? LeaseOwner { get; init; }

    public DateTimeOffset? LeaseUntil { get; init; }

    public int Attempts { get; init; }

    /// <summary>The trace of the request that began it; empty for none.</summary>
    public string Trace { get; init; } = "";

    public bool IsAbandoned => OrderId is null;
}
