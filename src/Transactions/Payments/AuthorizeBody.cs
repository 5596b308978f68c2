namespace BooksForYou.Transactions.Payments;

/// <summary>What is sent to ask for an authorization. A class, since a record's text would show the card.</summary>
internal sealed class AuthorizeBody(long amountCents, string currency, CardDetails card)
{
    public long AmountCents { get; } = amountCents;

    public string Currency { get; } = currency;

    public CardDetails Card { get; } = card;
}
