using System.Security.Cryptography;
using BooksForYou.Transactions.Orders;

namespace BooksForYou.Transactions.Tests;

/// <summary>Charges for tests of the stores.</summary>
internal static class NewCharges
{
    public static NewCharge Create(string? key = null) => new(key ?? Requests.NewKey(), RandomNumberGenerator.GetBytes(32), OrderId.New(), new Order
    {
        OrderId = OrderId.New(),
        State = OrderState.Pending,
        CreatedAt = new DateTimeOffset(2026, 5, 4, 3, 2, 1, TimeSpan.Zero),
        Lines =
        [
            new OrderLine { BookId = 7, Title = "Notes on the Analytical Engine", Quantity = 2, UnitPriceCents = 1250 },
            new OrderLine { BookId = 12, Title = "Größe & \"Würde\" <Band 2>", Quantity = 1, UnitPriceCents = 999 },
        ],
        Currency = "EUR",
        TotalCents = 3499,
        TaxCents = 229,
        TaxRateBasisPoints = 700,
        Address = new Address { Name = "Ada Lovelace", Street = "Münzstraße 5", PostalCode = "10178", City = "Berlin", Country = "DE" },
        Email = Requests.Email,
        ReservationId = "reservation-1",
    });
}
