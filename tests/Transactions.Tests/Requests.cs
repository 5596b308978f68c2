using BooksForYou.Contracts.Inventory.V1;
using BooksForYou.Contracts.Transactions.V1;
using BooksForYou.TestGateway;

namespace BooksForYou.Transactions.Tests;

/// <summary>Requests as a checkout sends them.</summary>
internal static class Requests
{
    public const string Email = "ada.lovelace@reader.example";

    public static string NewKey() => $"key-{Guid.NewGuid():N}";

    public static ChargeRequest Charge(string? key = null, TestCardScenario scenario = TestCardScenario.Approved) => new()
    {
        IdempotencyKey = key ?? NewKey(),
        Lines =
        {
            new OrderLine { BookId = 7, Title = "Notes on the Analytical Engine", Quantity = 2, UnitPriceCents = 1250 },
            new OrderLine { BookId = 12, Title = "Größe & \"Würde\" <Band 2>", Quantity = 1, UnitPriceCents = 999 },
        },
        Total = new Money { Cents = 3499, Currency = "EUR" },
        Card = new Card { Number = TestCards.NumberOf(scenario), ExpiryMonth = 11, ExpiryYear = 2035, SecurityCode = "917", Holder = "Ada Lovelace" },
        Address = new Address { Name = "Ada Lovelace", Street = "Münzstraße 5", PostalCode = "10178", City = "Berlin", Country = "DE" },
        Email = Email,
        ReservationId = "reservation-1",
    };
}
