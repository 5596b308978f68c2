using BooksForYou.Contracts.Inventory.V1;
using BooksForYou.Contracts.Transactions.V1;
using BooksForYou.ServiceKit.Errors;
using Google.Rpc;
using Microsoft.Extensions.Options;

namespace BooksForYou.Transactions.Tests;

public class ChargeValidationTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 30, 23, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Check_good_request_gives_order_with_tax_and_card()
    {
        var (charge, card) = Check(Requests.Charge("key-1"));

        Assert.Equal("key-1", charge.IdempotencyKey);
        Assert.Equal(229, charge.Order.TaxCents);
        Assert.Equal(700, charge.Order.TaxRateBasisPoints);
        Assert.Equal("4242424242424242", card.Number);
        Assert.DoesNotContain("4242", card.ToString(), StringComparison.Ordinal);
    }

    public static TheoryData<string, Action<ChargeRequest>> BadRequests => new()
    {
        { "idempotency_key", request => request.IdempotencyKey = "" },
        { "idempotency_key", request => request.IdempotencyKey = new string('k', 101) },
        { "idempotency_key", request => request.IdempotencyKey = "a\0b" },
        { "reservation_id", request => request.ReservationId = new string('r', 101) },
        { "lines", request => request.Lines.Clear() },
        { "lines", request => request.Lines.Add(Enumerable.Repeat(request.Lines[0], 99)) },
        { "lines[1].book_id", request => request.Lines[1].BookId = 0 },
        { "lines[1].title", request => request.Lines[1].Title = "  " },
        { "lines[1].title", request => request.Lines[1].Title = new string('t', 501) },
        { "lines[0].quantity", request => request.Lines[0].Quantity = 0 },
        { "lines[0].quantity", request => request.Lines[0].Quantity = -2 },
        { "lines[0].quantity", request => request.Lines[0].Quantity = 100 },
        { "lines[0].unit_price_cents", request => request.Lines[0].UnitPriceCents = -1 },
        { "lines[0].unit_price_cents", request => request.Lines[0].UnitPriceCents = long.MaxValue },
        { "total.cents", request => request.Total.Cents++ },
        { "total.cents", FreeOfCharge },
        { "total.currency", request => request.Total.Currency = "USD" },
        { "total.currency", request => request.Total = null },
        { "total.cents", request => request.Discounts.Add(Discount(1)) },
        { "total.cents", request => request.Discounts.Add(Discount(3499)) },
        { "discounts[0].amount_cents", request => request.Discounts.Add(Discount(0)) },
        { "discounts[0].amount_cents", request => request.Discounts.Add(Discount(long.MaxValue)) },
        { "discounts", request => request.Discounts.Add(Enumerable.Repeat(Discount(1), 21)) },
        { "buy_two_get_one_free_promo", request => request.BuyTwoGetOneFreePromo = true },
        { "customer_id", request => request.CustomerId = "account:\0" },
        { "email", request => request.Email = "" },
        { "email", request => request.Email = "nobody" },
        { "email", request => request.Email = "a@b" },
        { "email", request => request.Email = "a b@example.com" },
        { "email", request => request.Email = "a@example.com\r\nBcc: b@example.com" },
        { "email", request => request.Email = "a@example.com\u2028" },
        { "email", request => request.Email = "<a@example.com>" },
        { "email", request => request.Email = new string('a', 65) + "@example.com" },
        { "address.name", request => request.Address.Name = "" },
        { "address.name", request => request.Address.Name = "Ada\r\nBcc: b@example.com" },
        { "address.street", request => request.Address.Street = new string('s', 101) },
        { "address.street2", request => request.Address.Street2 = "a\u0007" },
        { "address.postal_code", request => request.Address.PostalCode = new string('1', 21) },
        { "address.city", request => request.Address.City = "" },
        { "address.country", request => request.Address.Country = "de" },
        { "address.country", request => request.Address.Country = "XX" },
        { "card.number", request => request.Card.Number = "4242424242424243" },
        { "card.number", request => request.Card.Number = "" },
        { "card.expiry_month", request => request.Card.ExpiryMonth = 13 },
        { "card.expiry_month", request => (request.Card.ExpiryMonth, request.Card.ExpiryYear) = (5, 2026) },
        { "card.expiry_year", request => request.Card.ExpiryYear = 35 },
        { "card.expiry_year", request => request.Card.ExpiryYear = 2052 },
        { "card.security_code", request => request.Card.SecurityCode = "12" },
        { "card.security_code", request => request.Card.SecurityCode = "1234" },
        { "card.security_code", request => request.Card.SecurityCode = "12x" },
        { "card.security_code", request => request.Card.Number = "378282246310005" },
        { "card.holder", request => request.Card.Holder = "Ada\n" },
    };

    [Theory, MemberData(nameof(BadRequests))]
    public void Check_bad_request_names_the_field_and_repeats_nothing(string field, Action<ChargeRequest> spoil)
    {
        var request = Requests.Charge();
        spoil(request);

        var exception = Assert.Throws<InvalidArgumentException>(() => Check(request));

        var violations = Assert.IsType<BadRequest>(Assert.Single(exception.Details)).FieldViolations;
        Assert.Equal(field, Assert.Single(violations).Field);
        Assert.DoesNotContain("4242", exception.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("example.com\r", exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Check_empty_request_names_every_field_that_must_be_there()
    {
        var exception = Assert.Throws<InvalidArgumentException>(() => Check(new ChargeRequest()));

        var fields = Assert.IsType<BadRequest>(Assert.Single(exception.Details)).FieldViolations.Select(violation => violation.Field);
        Assert.Equal(
            ["idempotency_key", "lines", "address.name", "address.street", "address.city", "address.country", "email", "card.number", "card.expiry_month", "card.security_code"],
            fields);
    }

    [Fact]
    public void Check_largest_order_does_not_overflow()
    {
        var request = Requests.Charge();
        request.Lines.Clear();
        request.Lines.Add(Enumerable.Range(1, 100).Select(id => new OrderLine
        {
            BookId = id,
            Title = "A",
            Quantity = ChargeValidation.MaxQuantity,
            UnitPriceCents = ChargeValidation.MaxUnitPriceCents,
        }));
        request.Total = new Money { Cents = 100 * ChargeValidation.MaxQuantity * ChargeValidation.MaxUnitPriceCents, Currency = "EUR" };

        Assert.Equal(990_000_000_000, Check(request).Charge.Order.TotalCents);
    }

    [Theory]
    [InlineData(6, 2026)] // over in Berlin within the hour, good until noon of the next day
    [InlineData(7, 2026)]
    [InlineData(12, 2051)]
    public void Check_card_that_is_good_somewhere_is_taken(int month, int year)
    {
        var request = Requests.Charge();
        (request.Card.ExpiryMonth, request.Card.ExpiryYear) = (month, year);

        Assert.Equal(year, Check(request).Card.ExpiryYear);
    }

    [Fact]
    public void Check_other_content_has_another_hash_and_another_card_has_not()
    {
        var original = Check(Requests.Charge()).Charge.ContentHash;
        Action<ChargeRequest>[] others =
        [
            request => request.Lines[0].Title = "Another book",
            request => (request.Lines[0].Quantity, request.Lines[0].UnitPriceCents) = (1, 2500),
            request => request.Address.Street2 = "c/o Babbage",
            request => request.Email = "other@reader.example",
        ];
        Action<ChargeRequest>[] same =
        [
            request => request.Card.Number = "5555555555554444",
            request => request.ReservationId = "reservation-2",
            request => request.IdempotencyKey = "another",
        ];

        Assert.All(others, change => Assert.NotEqual(original, Hash(change)));
        Assert.All(same, change => Assert.Equal(original, Hash(change)));
    }

    private static byte[] Hash(Action<ChargeRequest> change)
    {
        var request = Requests.Charge();
        change(request);
        return Check(request).Charge.ContentHash;
    }

    private static OrderDiscount Discount(long cents) => new() { PromotionId = "summer", Name = "Summer", Reason = "A reason.", AmountCents = cents };

    private static void FreeOfCharge(ChargeRequest request)
    {
        request.Lines[0].UnitPriceCents = 0;
        request.Lines[1].UnitPriceCents = 0;
        request.Total.Cents = 0;
    }

    private static (Transactions.Orders.NewCharge Charge, Transactions.Payments.CardDetails Card) Check(ChargeRequest request) => new ChargeValidation(
        new ShopSettings("EUR"),
        Options.Create(new TransactionsOptions()),
        new FixedTime(Now)).Check(request);

    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
