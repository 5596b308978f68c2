using System.Buffers;
using BooksForYou.Cart.Baskets;
using BooksForYou.Contracts.Cart.V1;
using BooksForYou.ServiceKit.Errors;

namespace BooksForYou.Cart;

/// <summary>What a request must be before anything is done for it.</summary>
internal static class RequestChecks
{
    private const int MinTokenLength = 22;
    private const int MaxTokenLength = 64;
    private const int MaxTextLength = 200;

    private static readonly SearchValues<char> Base64Url =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    public static void Visitor(string visitorId) => Throw([.. OptionalVisitor(visitorId)]);

    public static void Merge(string visitorId) => Throw([.. Token("visitor_id", visitorId)]);

    public static void Item(string visitorId, int bookId, int quantity = 1, int least = 1) => Throw(
    [
        .. OptionalVisitor(visitorId),
        .. bookId > 0 ? [] : new[] { new FieldViolation("book_id", "must be the number of a book") },
        .. quantity >= least && quantity <= BasketSql.MaxQuantity
            ? []
            : new[] { new FieldViolation("quantity", $"must be {least} to {BasketSql.MaxQuantity}") },
    ]);

    public static void Sale(string key, string visitorId) => Throw([.. Token("idempotency_key", key), .. OptionalVisitor(visitorId)]);

    public static void Order(string orderId) => Throw(
        orderId.Length is > 0 and <= MaxTextLength ? [] : [new FieldViolation("order_id", "must be the number of an order")]);

    // What a card, an address and an e-mail address must be, Transactions says.
    public static void Checkout(CheckoutRequest request, string currency) => Throw(
    [
        .. Token("idempotency_key", request.IdempotencyKey),
        .. OptionalVisitor(request.VisitorId),
        .. request.ExpectedTotal is { Cents: >= 0 } total && total.Currency == currency
            ? []
            : new[] { new FieldViolation("expected_total", $"must be an amount in {currency}") },
        .. request.Card is null ? new[] { new FieldViolation("card", "must be given") } : [],
        .. request.Address is null ? new[] { new FieldViolation("address", "must be given") } : [],
        .. request.Email.Length == 0 ? new[] { new FieldViolation("email", "must be given") } : [],
        .. request.BasketVersion.Length > MaxTextLength
            ? new[] { new FieldViolation("basket_version", "must be a version that a basket had") }
            : [],
    ]);

    // Who calls is said by the token; clients from before there were tokens name the visitor as well.
    private static FieldViolation[] OptionalVisitor(string visitorId) => visitorId.Length == 0 ? [] : Token("visitor_id", visitorId);

    private static FieldViolation[] Token(string field, string value) =>
        value.Length is >= MinTokenLength and <= MaxTokenLength && !value.AsSpan().ContainsAnyExcept(Base64Url)
            ? []
            : [new FieldViolation(field, $"must be {MinTokenLength} to {MaxTokenLength} letters, digits, - or _")];

    private static void Throw(FieldViolation[] violations)
    {
        if (violations.Length > 0)
        {
            throw new InvalidArgumentException(violations);
        }
    }
}
