using BooksForYou.Contracts.Cart.V1;
using BooksForYou.TestGateway;

namespace BooksForYou.Chaos.Tests.Accounts;

/// <summary>
/// Books that balance pass, and each way of doctoring them is found, by the invariant that it breaks and with the key that it is about.
/// </summary>
public sealed class AuditTests
{
    private const string Sold = "key-sold";
    private const string Cancelled = "key-cancelled";
    private const string Declined = "key-declined";

    private static readonly CheckoutResponse SoldAnswer = new() { Outcome = SaleOutcome.Sold, OrderId = "order-1" };
    private static readonly CheckoutResponse InterruptedAnswer = new() { Outcome = SaleOutcome.Interrupted };

    public static TheoryData<string, string, string> Forgeries() => new()
    {
        { "surprise", "no surprises", Sold },
        { "order too many", "one order a key", Sold },
        { "order of nobody", "one order a key", "key-nobody" },
        { "other answer", "one answer a key", Sold },
        { "answer taken back", "one answer a key", Sold },
        { "sold without order", "answers are true", Sold },
        { "paid and told otherwise", "answers are true", Sold },
        { "told another order", "answers are true", Sold },
        { "sold with a declined card", "a declined card buys nothing", Sold },
        { "missing charge", "charged once", Sold },
        { "double charge", "charged once", Sold },
        { "wrong amount", "charged once", Sold },
        { "declined and charged", "charged once", Declined },
        { "missing refund", "refunded once", Cancelled },
        { "double refund", "refunded once", Cancelled },
        { "part of a refund", "refunded once", Cancelled },
        { "refund of a paid order", "refunded once", Sold },
        { "charge without order", "no charge without an order", "payment-x" },
        { "declined and charged", "no charge without an order", Declined },
        { "voided and charged", "no charge without an order", Sold },
        { "entry lost on the disk", "ledger is durable", "" },
        { "refunded unasked", "refunds are wanted", Cancelled },
        { "cancellation forgotten", "refunds are wanted", Sold },
        { "promotion twice", "promotion used once", Sold },
        { "promotion of a guest", "promotion used once", Sold },
        { "discount not in the total", "promotion is exact", Sold },
        { "discount without the promotion", "promotion is exact", Sold },
        { "promotion for two copies", "promotion is exact", Sold },
        { "entry missing", "stock is exact", Sold },
        { "copies held", "stock is exact", "book 1" },
        { "copies told wrongly", "stock is exact", "book 1" },
        { "copy lost", "sold and left are all", Sold },
        { "oversold", "never negative", "book 1" },
        { "negative for a while", "never negative", "book 1" },
        { "reservation alive", "no reservation alive", "reservation-1" },
        { "receipt missing", "receipts reach who paid", Sold },
        { "receipt of a cancelled order missing", "receipts reach who paid", Cancelled },
        { "receipt for nothing", "no receipt without payment", Declined },
        { "receipt waiting", "outbox is empty", Sold },
        { "sale under way", "nothing in limbo", Sold },
        { "card in a log", "logs keep secrets", "4242" },
    };

    [Fact]
    public void Of_books_that_balance_finds_nothing() => Assert.Empty(Audit.Of(Honest()));

    [Theory, MemberData(nameof(Forgeries))]
    public void Of_doctored_books_finds_what_is_wrong(string forgery, string invariant, string names)
    {
        var findings = Audit.Of(Doctored(forgery));

        Assert.Contains(findings, finding => finding.Invariant == invariant && finding.Text.Contains(names, StringComparison.Ordinal));
    }

    [Fact]
    public void Forgeries_there_is_one_for_every_invariant() =>
        Assert.Equal(Audit.Invariants.Keys.Order(), Forgeries().Select(row => row.Data.Item2).Distinct().Order());

    /// <summary>One key sold, one sold and cancelled, one declined, and one that never came to a sale; 10 copies of book 1 at first.</summary>
    private static BooksOfAccount Honest()
    {
        GatewayEntry[] ledger =
        [
            Entry(1, "payment-1", "authorized"), Entry(2, "payment-1", "captured"),
            Entry(3, "payment-2", "authorized"), Entry(4, "payment-2", "captured"), Entry(5, "payment-2", "refunded"),
            Entry(6, "payment-3", "declined"),
        ];
        return new BooksOfAccount
        {
            Keys =
            [
                Account(Sold, SoldAnswer),
                Account(Cancelled, new CheckoutResponse { Outcome = SaleOutcome.Sold, OrderId = "order-2" }) with
                {
                    CancellationWasAsked = true,
                    CancellationWasConfirmed = true,
                },
                Account(Declined, new CheckoutResponse { Outcome = SaleOutcome.Declined, OrderId = "order-3" }) with
                {
                    Card = TestCardScenario.Declined,
                },
                Account("key-unheard", null),
            ],
            Orders = [Order(1, Sold, "PAID"), Order(2, Cancelled, "REFUNDED"), Order(3, Declined, "DECLINED")],
            Ledger = ledger,
            Listing = ledger,
            Stock = [new BookAccount { BookId = 1, Initial = 10, OnHand = 8, Reserved = 0, Available = 8, Entries = [10, -2, -2, 2] }],
            LiveReservations = [],
            Mails = [Sold, Sold, Cancelled],
            Unfinished = [],
            UnsentReceipts = [],
            Leaks = [],
        };
    }

    private static BooksOfAccount Doctored(string forgery)
    {
        var books = Honest();
        return forgery switch
        {
            "surprise" => WithKey(books, Sold, key => key with { Surprises = ["Checkout: Internal"] }),
            "order too many" => books with { Orders = [.. books.Orders, Order(4, Sold, "DECLINED")] },
            "order of nobody" => books with { Orders = [.. books.Orders, Order(4, "key-nobody", "DECLINED")] },
            "other answer" => WithKey(books, Sold, key => key with { Answers = [SoldAnswer, InterruptedAnswer] }),
            "answer taken back" => WithKey(books, Sold, key => key with { Final = null }),
            "sold without order" => books with { Orders = [.. books.Orders.Skip(1)] },
            "paid and told otherwise" => WithKey(books, Sold, key => key with { Final = InterruptedAnswer }),
            "told another order" => WithKey(books, Sold, key => key with { Final = new CheckoutResponse(SoldAnswer) { OrderId = "order-9" } }),
            "sold with a declined card" => WithKey(books, Sold, key => key with { Card = TestCardScenario.InsufficientFunds }),
            "refunded unasked" => WithKey(books, Cancelled, key => key with { CancellationWasAsked = false }),
            "cancellation forgotten" => WithKey(books, Sold, key => key with { CancellationWasConfirmed = true }),
            "reservation alive" => books with { LiveReservations = ["reservation-1"] },
            "receipt missing" => books with { Mails = [Cancelled] },
            "receipt of a cancelled order missing" => books with { Mails = [Sold] },
            "receipt for nothing" => books with { Mails = [.. books.Mails, Declined] },
            "receipt waiting" => books with { UnsentReceipts = [$"{Sold}: the receipt is WAITING"] },
            "sale under way" => books with { Unfinished = [$"{Sold}: the sale is Charging"] },
            "card in a log" => books with { Leaks = ["the log of Cart has 4242424242424242 in it"] },
            "promotion twice" => books with { Orders = [.. books.Orders.Select(order => order with { CustomerId = "account:1", HasPromotion = true, State = "PAID" })] },
            "promotion of a guest" => WithOrder(books, Sold, order => order with { HasPromotion = true }),
            "discount not in the total" => WithOrder(books, Sold, order => order with { DiscountCents = 5 }),
            "discount without the promotion" => WithOrder(books, Sold, order => order with { DiscountCents = 5, TotalCents = order.TotalCents - 5 }),
            "promotion for two copies" => WithOrder(books, Sold, order => order with { HasPromotion = true, CustomerId = "account:1" }),
            _ => DoctoredStock(books, forgery) ?? DoctoredLedger(books, forgery),
        };
    }

    private static BooksOfAccount? DoctoredStock(BooksOfAccount books, string forgery)
    {
        var book = books.Stock[0];
        BookAccount? doctored = forgery switch
        {
            "entry missing" => book with { Entries = [10, -2, 2] },
            "copies held" => book with { Reserved = 1, Available = 7 },
            "copies told wrongly" => book with { Available = 9 },
            "copy lost" => book with { OnHand = 7, Available = 7, Entries = [10, -2, -2, 2, -1] },
            "oversold" => book with { OnHand = -1, Available = -1, Entries = [10, -11] },
            "negative for a while" => book with { Entries = [10, -12, 10] },
            _ => null,
        };
        return doctored is null ? null : books with { Stock = [doctored] };
    }

    private static BooksOfAccount DoctoredLedger(BooksOfAccount books, string forgery)
    {
        var ledger = books.Ledger;
        ledger = forgery switch
        {
            "missing charge" => [.. ledger.Where(entry => entry is not { Key: "payment-1", State: "captured" })],
            "double charge" => [.. ledger, Entry(7, "payment-1", "captured")],
            "wrong amount" => [.. ledger.Select(entry => entry.Key == "payment-1" ? entry with { AmountCents = 1 } : entry)],
            "declined and charged" => [.. ledger, Entry(7, "payment-3", "captured")],
            "missing refund" => [.. ledger.Where(entry => entry.State != "refunded")],
            "double refund" => [.. ledger, Entry(7, "payment-2", "refunded")],
            "part of a refund" => [.. ledger.Select(entry => entry.State == "refunded" ? entry with { AmountCents = 500 } : entry)],
            "refund of a paid order" => [.. ledger, Entry(7, "payment-1", "refunded")],
            "charge without order" => [.. ledger, Entry(7, "payment-x", "captured")],
            "voided and charged" => [.. ledger, Entry(7, "payment-1", "voided")],
            "entry lost on the disk" => [.. ledger.SkipLast(1)],
            _ => throw new ArgumentException($"Nobody knows how to do this: {forgery}", nameof(forgery)),
        };
        return books with { Ledger = ledger, Listing = forgery == "entry lost on the disk" ? books.Listing : ledger };
    }

    private static BooksOfAccount WithKey(BooksOfAccount books, string name, Func<KeyAccount, KeyAccount> doctor) =>
        books with { Keys = [.. books.Keys.Select(account => account.Key == name ? doctor(account) : account)] };

    private static BooksOfAccount WithOrder(BooksOfAccount books, string key, Func<OrderAccount, OrderAccount> doctor) =>
        books with { Orders = [.. books.Orders.Select(order => order.Key == key ? doctor(order) : order)] };

    private static KeyAccount Account(string key, CheckoutResponse? answer) => new()
    {
        Key = key,
        Card = TestCardScenario.Approved,
        Answers = answer is null ? [] : [answer, answer.Clone()],
        Final = answer,
    };

    private static OrderAccount Order(int number, string key, string state) => new()
    {
        OrderId = $"order-{number}",
        Key = key,
        State = state,
        TotalCents = 1998,
        LinesCents = 1998,
        CheapestCents = 999,
        DiscountCents = 0,
        CustomerId = "",
        HasPromotion = false,
        PaymentKey = $"payment-{number}",
        Copies = new Dictionary<int, int> { [1] = 2 },
    };

    private static GatewayEntry Entry(long position, string key, string state) => new(position, key, state, 1998);
}
