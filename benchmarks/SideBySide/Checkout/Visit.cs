using System.Buffers.Text;
using System.Security.Cryptography;
using BooksForYou.Contracts.Cart.V1;
using BooksForYou.Contracts.Inventory.V1;
using BooksForYou.Contracts.Transactions.V1;

namespace BooksForYou.SideBySide.Checkout;

/// <summary>A visitor who buys two books.</summary>
/// <param name="VisitorId">The visitor, as the shop's cookie names one.</param>
/// <param name="Key">The idempotency key of the checkout.</param>
/// <param name="FirstBook">A book.</param>
/// <param name="SecondBook">Another one, of a higher number.</param>
internal sealed record Visit(string VisitorId, string Key, int FirstBook, int SecondBook)
{
    /// <summary>What the basket costs, as the page has shown it.</summary>
    public Money? Total { get; set; }

    /// <summary>The basket that the page has shown.</summary>
    public string BasketVersion { get; set; } = "";

    /// <summary>The order, once there is one.</summary>
    public string OrderId { get; set; } = "";

    /// <summary>A new visitor, with books from a random generator.</summary>
    public static Visit Random(Random random, int books)
    {
        var first = random.Next(1, books);
        return new Visit(NewToken(), NewToken(), first, random.Next(first + 1, books + 1));
    }

    /// <summary>What the page sends when the visitor pays.</summary>
    public CheckoutRequest ToRequest() => new()
    {
        IdempotencyKey = Key,
        VisitorId = VisitorId,
        ExpectedTotal = Total,
        BasketVersion = BasketVersion,
        Email = "reader@example.com",
        Card = new Card { Number = "4242424242424242", ExpiryMonth = 12, ExpiryYear = DateTime.UtcNow.Year + 1, SecurityCode = "123", Holder = "A Reader" },
        Address = new Address { Name = "A Reader", Street = "Example Street 1", PostalCode = "10115", City = "Berlin", Country = "DE" },
    };

    private static string NewToken() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));
}
