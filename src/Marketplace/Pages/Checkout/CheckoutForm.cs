using System.Diagnostics.CodeAnalysis;
using BooksForYou.Contracts.Cart.V1;
using BooksForYou.Contracts.Inventory.V1;
using BooksForYou.Contracts.Transactions.V1;

namespace BooksForYou.Marketplace.Pages;

/// <summary>What a visitor fills in to pay. A class and not a record: a record would print the card.</summary>
internal sealed class CheckoutForm
{
    /// <summary>The idempotency key: the same form sent twice is one sale.</summary>
    [AllowNull]
    public string Key { get; set => field = Clean(value); } = "";

    /// <summary>The version of the basket that the page showed.</summary>
    [AllowNull]
    public string Version { get; set => field = Clean(value); } = "";

    /// <summary>The total that the page showed, in hundredths.</summary>
    public long Cents { get; set; }

    /// <summary>The currency of the total.</summary>
    [AllowNull]
    public string Currency { get; set => field = Clean(value); } = "";

    [AllowNull]
    public string Email { get; set => field = Clean(value); } = "";

    [AllowNull]
    public string Name { get; set => field = Clean(value); } = "";

    [AllowNull]
    public string Street { get; set => field = Clean(value); } = "";

    [AllowNull]
    public string Street2 { get; set => field = Clean(value); } = "";

    [AllowNull]
    public string PostalCode { get; set => field = Clean(value); } = "";

    [AllowNull]
    public string City { get; set => field = Clean(value); } = "";

    [AllowNull]
    public string Country { get; set => field = Clean(value); } = "";

    /// <summary>The number of the card. It is never written into a page.</summary>
    [AllowNull]
    public string Number { get; set => field = Clean(value); } = "";

    /// <summary>Month and year, as printed on the card.</summary>
    [AllowNull]
    public string Expiry { get; set => field = Clean(value); } = "";

    /// <summary>The security code. It is never written into a page.</summary>
    [AllowNull]
    public string SecurityCode { get; set => field = Clean(value); } = "";

    [AllowNull]
    public string Holder { get; set => field = Clean(value); } = "";

    /// <summary>Takes over what a page shows of a basket.</summary>
    public void Show(Contracts.Cart.V1.Basket basket)
    {
        Version = basket.Version;
        Cents = basket.Total?.Cents ?? 0;
        Currency = basket.Total?.Currency ?? "";
    }

    /// <summary>The sale that is asked for.</summary>
    public CheckoutRequest ToRequest()
    {
        var (month, year) = CardExpiry.Parse(Expiry) ?? default;
        return new CheckoutRequest
        {
            IdempotencyKey = Key,
            ExpectedTotal = new Money { Cents = Cents, Currency = Currency },
            BasketVersion = Version,
            Email = Email,
            Address = new Address { Name = Name, Street = Street, Street2 = Street2, PostalCode = PostalCode, City = City, Country = Country },
            Card = new Card { Number = Number, ExpiryMonth = month, ExpiryYear = year, SecurityCode = SecurityCode, Holder = Holder },
        };
    }

    private static string Clean(string? text) => text?.Trim() ?? "";
}
