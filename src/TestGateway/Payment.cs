namespace BooksForYou.TestGateway;

/// <summary>A payment in the state that it came into at <see cref="Time"/>: an entry of the ledger, and the answer of the gateway.</summary>
internal sealed record Payment
{
    /// <summary>The entry's place in the ledger, from 1.</summary>
    public required long Position { get; init; }

    public required DateTimeOffset Time { get; init; }

    /// <summary>The caller's name for the payment.</summary>
    public required string Key { get; init; }

    public required PaymentState State { get; init; }

    public string? DeclineCode { get; init; }

    public long AmountCents { get; init; }

    public string Currency { get; init; } = "";

    public string CardBrand { get; init; } = "";

    public string CardLastFour { get; init; } = "";
}
