namespace BooksForYou.TestGateway;

/// <summary>The body of <c>PUT /v1/payments/{key}</c>.</summary>
internal sealed record AuthorizeRequest
{
    public required long AmountCents { get; init; }

    public required string Currency { get; init; }

    public required CardFields Card { get; init; }

    /// <summary>A card as it comes over the wire. A class, since a record's text would show the number.</summary>
    internal sealed class CardFields
    {
        public required string Number { get; init; }

        public required int ExpiryMonth { get; init; }

        public required int ExpiryYear { get; init; }

        public required string SecurityCode { get; init; }

        public string Holder { get; init; } = "";
    }
}
