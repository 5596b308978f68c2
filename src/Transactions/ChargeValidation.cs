using System.Security.Cryptography;
using BooksForYou.Contracts.Transactions.V1;
using BooksForYou.ServiceKit.Errors;
using BooksForYou.ServiceKit.Mail;
using BooksForYou.Transactions.Orders;
using BooksForYou.Transactions.Payments;
using Google.Protobuf;
using Microsoft.Extensions.Options;

namespace BooksForYou.Transactions;

/// <summary>Makes an order of a request, or says field by field what is wrong with it. No message repeats what the field holds.</summary>
internal sealed class ChargeValidation(ShopSettings shop, IOptions<TransactionsOptions> options, TimeProvider time)
{
    /// <summary>The most lines that an order has.</summary>
    public const int MaxLines = 100;

    /// <summary>The most copies of one book.</summary>
    public const int MaxQuantity = 99;

    /// <summary>The most that one copy costs: a million in the shop's currency.</summary>
    public const long MaxUnitPriceCents = 100_000_000;

    private const int MaxKey = 100;
    private const int MaxTitle = 500;
    private const int MaxAddressLine = 100;
    private const int MaxPostalCode = 20;
    private const int MaxReason = 700;
    private const int MaxDiscounts = 20;
    private const int MaxYearsAhead = 25;

    // Somewhere on Earth it is still yesterday: a card is good until its month is over there too.
    private static readonly TimeSpan LastTimeZone = TimeSpan.FromHours(12);

    /// <summary>Checks an idempotency key that comes alone.</summary>
    /// <exception cref="InvalidArgumentException">It cannot be one.</exception>
    public static string CheckKey(string idempotencyKey) => ProblemWithText(idempotencyKey, 1, MaxKey) is { } problem
        ? throw new InvalidArgumentException(new FieldViolation("idempotency_key", problem))
        : idempotencyKey;

    /// <summary>Checks a whole request.</summary>
    /// <returns>The charge and its card.</returns>
    /// <exception cref="InvalidArgumentException">Something cannot be right.</exception>
    public (NewCharge Charge, CardDetails Card) Check(ChargeRequest request)
    {
        var violations = new List<FieldViolation>();
        CheckText(violations, "idempotency_key", request.IdempotencyKey, 1, MaxKey);
        CheckText(violations, "reservation_id", request.ReservationId, 0, MaxKey);
        CheckCustomer(violations, request);
        CheckLines(violations, request);
        CheckAddress(violations, request.Address ?? new Contracts.Transactions.V1.Address());
        if (!MailAddress.IsAddress(request.Email))
        {
            violations.Add(new("email", "must be an e-mail address such as name@example.com"));
        }

        var card = CheckCard(violations, request.Card ?? new Card());
        return violations.Count == 0 ? (ToCharge(request), card!) : throw new InvalidArgumentException([.. violations]);
    }

    private static void CheckText(List<FieldViolation> violations, string field, string text, int minimum, int maximum)
    {
        if (ProblemWithText(text, minimum, maximum) is { } problem)
        {
            violations.Add(new(field, problem));
        }
    }

    // Line and paragraph separators are line breaks to some who show or mail the text.
    private static string? ProblemWithText(string text, int minimum, int maximum) => text switch
    {
        _ when minimum > 0 && string.IsNullOrWhiteSpace(text) => "must not be empty",
        _ when text.Length > maximum => $"must have at most {maximum} characters",
        _ when text.Any(character => char.IsControl(character) || character is '\u2028' or '\u2029') => "must not have line breaks or other control characters",
        _ => null,
    };

    private static void CheckAddress(List<FieldViolation> violations, Contracts.Transactions.V1.Address address)
    {
        CheckText(violations, "address.name", address.Name, 1, MaxAddressLine);
        CheckText(violations, "address.street", address.Street, 1, MaxAddressLine);
        CheckText(violations, "address.street2", address.Street2, 0, MaxAddressLine);
        CheckText(violations, "address.postal_code", address.PostalCode, 0, MaxPostalCode);
        CheckText(violations, "address.city", address.City, 1, MaxAddressLine);
        if (!Countries.Contains(address.Country))
        {
            violations.Add(new("address.country", "must be the two letters of a country, such as DE"));
        }
    }

    private void CheckLines(List<FieldViolation> violations, ChargeRequest request)
    {
        if (request.Lines.Count is 0 or > MaxLines)
        {
            violations.Add(new("lines", $"must have from 1 to {MaxLines} books"));
            return;
        }

        var before = violations.Count;
        for (var index = 0; index < request.Lines.Count; index++)
        {
            CheckLine(violations, $"lines[{index}]", request.Lines[index]);
        }

        CheckDiscounts(violations, request);
        if (request.Total?.Currency != shop.Currency)
        {
            violations.Add(new("total.currency", $"must be {shop.Currency}, the currency of the shop"));
        }

        // Within the limits of a line, the sum of 100 lines is far from overflowing.
        if (violations.Count == before)
        {
            var sum = request.Lines.Sum(line => line.Quantity * line.UnitPriceCents) - request.Discounts.Sum(discount => discount.AmountCents);
            if (sum <= 0 || request.Total!.Cents != sum)
            {
                violations.Add(new("total.cents", sum <= 0 ? "must be more than nothing" : "must be the sum of the lines less the discounts"));
            }
        }
    }

    private static void CheckCustomer(List<FieldViolation> violations, ChargeRequest request)
    {
        CheckText(violations, "customer_id", request.CustomerId, 0, MaxKey);
        if (request.BuyTwoGetOneFreePromo && (request.CustomerId.Length == 0 || request.Discounts.Count == 0))
        {
            violations.Add(new("buy_two_get_one_free_promo", "is for a customer, and takes something off"));
        }
    }

    private static void CheckDiscounts(List<FieldViolation> violations, ChargeRequest request)
    {
        if (request.Discounts.Count > MaxDiscounts)
        {
            violations.Add(new("discounts", $"must be at most {MaxDiscounts}"));
            return;
        }

        foreach (var (index, discount) in request.Discounts.Index())
        {
            CheckText(violations, $"discounts[{index}].promotion_id", discount.PromotionId, 1, MaxKey);
            CheckText(violations, $"discounts[{index}].name", discount.Name, 1, MaxKey);
            CheckText(violations, $"discounts[{index}].reason", discount.Reason, 1, MaxReason);
            if (discount.AmountCents is < 1 or > MaxUnitPriceCents * MaxQuantity * MaxLines)
            {
                violations.Add(new($"discounts[{index}].amount_cents", "must be more than 0, and no more than an order can cost"));
            }
        }
    }

    private static void CheckLine(List<FieldViolation> violations, string field, Contracts.Transactions.V1.OrderLine line)
    {
        CheckText(violations, $"{field}.title", line.Title, 1, MaxTitle);
        if (line.BookId <= 0)
        {
            violations.Add(new($"{field}.book_id", "must be the number of a book"));
        }

        if (line.Quantity is < 1 or > MaxQuantity)
        {
            violations.Add(new($"{field}.quantity", $"must be from 1 to {MaxQuantity}"));
        }

        if (line.UnitPriceCents is < 0 or > MaxUnitPriceCents)
        {
            violations.Add(new($"{field}.unit_price_cents", $"must be from 0 to {MaxUnitPriceCents}"));
        }
    }

    private CardDetails? CheckCard(List<FieldViolation> violations, Card card)
    {
        var before = violations.Count;
        var digits = CardNumber.Digits(card.Number);
        if (digits is null || !CardNumber.HasValidCheckDigit(digits))
        {
            violations.Add(new("card.number", digits is null ? "must be the 12 to 19 digits of a card" : "is not a card number: check the digits for a typing mistake"));
        }

        CheckExpiry(violations, card);
        var codeLength = CardNumber.SecurityCodeLength(digits is null ? "" : CardNumber.BrandOf(digits));
        if (card.SecurityCode.Length != codeLength || !card.SecurityCode.All(char.IsAsciiDigit))
        {
            violations.Add(new("card.security_code", $"must be the {codeLength} digits of the security code"));
        }

        CheckText(violations, "card.holder", card.Holder, 0, MaxAddressLine);
        return violations.Count == before ? new CardDetails(digits!, card.ExpiryMonth, card.ExpiryYear, card.SecurityCode, card.Holder) : null;
    }

    private void CheckExpiry(List<FieldViolation> violations, Card card)
    {
        var now = time.GetUtcNow() - LastTimeZone;
        if (card.ExpiryMonth is < 1 or > 12)
        {
            violations.Add(new("card.expiry_month", "must be a month from 1 to 12"));
        }
        else if (card.ExpiryYear < 1000 || card.ExpiryYear > now.Year + MaxYearsAhead)
        {
            violations.Add(new("card.expiry_year", "must be the year on the card, with four digits"));
        }
        else if ((card.ExpiryYear, card.ExpiryMonth).CompareTo((now.Year, now.Month)) < 0)
        {
            violations.Add(new("card.expiry_month", "is over: the card has expired"));
        }
    }

    private NewCharge ToCharge(ChargeRequest request)
    {
        var now = time.GetUtcNow();
        var taxRate = options.Value.TaxRateOf(request.Address.Country);
        var order = new Orders.Order
        {
            OrderId = OrderId.New(),
            State = Orders.OrderState.Pending,

            // As precise as the databases are: an order read back is equal to what was written.
            CreatedAt = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMillisecond)),
            Lines = [.. request.Lines.Select(line => new Orders.OrderLine
            {
                BookId = line.BookId,
                Title = line.Title,
                Quantity = line.Quantity,
                UnitPriceCents = line.UnitPriceCents,
            })],
            Discounts = [.. request.Discounts.Select(discount => new Orders.OrderDiscount
            {
                PromotionId = discount.PromotionId,
                Name = discount.Name,
                Reason = discount.Reason,
                AmountCents = discount.AmountCents,
            })],
            Currency = request.Total.Currency,
            TotalCents = request.Total.Cents,
            TaxCents = Tax.In(request.Total.Cents, taxRate),
            TaxRateBasisPoints = taxRate,
            Address = new Orders.Address
            {
                Name = request.Address.Name,
                Street = request.Address.Street,
                Street2 = request.Address.Street2,
                PostalCode = request.Address.PostalCode,
                City = request.Address.City,
                Country = request.Address.Country,
            },
            Email = request.Email,
            ReservationId = request.ReservationId,
            CustomerId = request.CustomerId.Length == 0 ? null : request.CustomerId,
            BuyTwoGetOneFreePromo = request.BuyTwoGetOneFreePromo,
        };
        return new NewCharge(request.IdempotencyKey, ContentHash(request), OrderId.New(), order);
    }

    // What makes it another order: not the card, with which another attempt may be made, and not the reservation.
    private static byte[] ContentHash(ChargeRequest request) => SHA256.HashData(new ChargeRequest
    {
        Lines = { request.Lines },
        Total = request.Total,
        Address = request.Address,
        Email = request.Email,
        CustomerId = request.CustomerId,
        Discounts = { request.Discounts },
        BuyTwoGetOneFreePromo = request.BuyTwoGetOneFreePromo,
    }.ToByteArray());
}
