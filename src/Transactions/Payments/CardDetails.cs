namespace BooksForYou.Transactions.Payments;

/// <summary>A card on its way from the call to the gateway, checked. It is in memory only, and its text shows nothing.</summary>
internal sealed class CardDetails(string number, int expiryMonth, int expiryYear, string securityCode, string holder)
{
    public string Number { get; } = number;

    public int ExpiryMonth { get; } = expiryMonth;

    public int ExpiryYear { get; } = expiryYear;

    public string SecurityCode { get; } = securityCode;

    public string Holder { get; } = holder;

    public override string ToString() => "a card";
}
