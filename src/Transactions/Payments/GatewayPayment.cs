namespace BooksForYou.Transactions.Payments;

/// <summary>A payment as the gateway knows it.</summary>
internal sealed record GatewayPayment
{
    public required string Key { get; init; }

    public required GatewayState State { get; init; }

    /// <summary>Why it was declined, in the gateway's words for programs; null otherwise.</summary>
    public string? DeclineCode { get; init; }

    public long AmountCents { get; init; }

    public string Currency { get; init; } = "";

    public string CardBrand { get; init; } = "";

    public string CardLastFour { get; init; } = "";
}
