namespace BooksForYou.Transactions.Orders;

/// <summary>Where an order is sent to.</summary>
internal sealed class Address
{
    public string Name { get; init; } = "";

    public string Street { get; init; } = "";

    public string Street2 { get; init; } = "";

    public string PostalCode { get; init; } = "";

    public string City { get; init; } = "";

    /// <summary>ISO 3166-1, two letters.</summary>
    public string Country { get; init; } = "";
}
