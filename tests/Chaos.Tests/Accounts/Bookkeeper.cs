using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.RegularExpressions;
using BooksForYou.Chaos.Tests.Customers;
using BooksForYou.Chaos.Tests.Running;
using BooksForYou.TestGateway;
using Dapper;
using Npgsql;

namespace BooksForYou.Chaos.Tests.Accounts;

/// <summary>Reads the books: the databases, the gateway's ledger and the mails.</summary>
internal sealed partial class Bookkeeper(Shop shop)
{
    // The header of every token, in base64url: {"alg".
    private const string TokenBegin = "eyJhbGci";

    private static readonly JsonSerializerOptions LedgerFormat = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>What is under way in Cart, Transactions and Inventory.</summary>
    public async Task<IReadOnlyList<string>> FindUnfinishedAsync() =>
    [
        .. await QueryAsync<string>(
            shop.CartDatabase,
            """
            SELECT idempotency_key || ': the sale is ' || state || ' after ' || attempts || ' attempts' FROM sale WHERE state <> 'Done'
            UNION ALL
            SELECT 'order ' || order_id || ': the cancellation is ' || state FROM cancellation WHERE state <> 'Done'
            """),
        .. await QueryAsync<string>(
            shop.TransactionsDatabase,
            """
            SELECT split_part(email, '@', 1) || ': order ' || order_id || ' is ' || orders.state || ', to be settled from ' || lease_until
            FROM orders LEFT JOIN charge USING (order_id)
            WHERE orders.state IN ('PENDING', 'REFUNDING') OR lease_until IS NOT NULL
            """),
        .. (await FindLiveReservationsAsync()).Select(id => $"reservation {id} holds copies"),
    ];

    /// <summary>The receipts that wait or were given up.</summary>
    public Task<IReadOnlyList<string>> FindUnsentReceiptsAsync() => QueryAsync<string>(
        shop.TransactionsDatabase,
        """
        SELECT split_part(email, '@', 1) || ': the receipt is ' || receipt.state || ' after ' || attempts || ' attempts'
        FROM receipt JOIN orders USING (order_number)
        WHERE receipt.state <> 'SENT'
        """);

    /// <summary>Reads everything.</summary>
    public async Task<BooksOfAccount> ReadAsync(IReadOnlyList<KeyAccount> keys) => new()
    {
        Keys = keys,
        Orders = await ReadOrdersAsync(),
        Ledger = ReadLedger(),
        Listing = await ReadListingAsync(),
        Stock = await ReadStockAsync(),
        LiveReservations = await FindLiveReservationsAsync(),
        Mails = [.. shop.Mail.Mails.Select(mail => Receiver().Match(mail).Groups[1].Value)],
        Unfinished = await FindUnfinishedAsync(),
        UnsentReceipts = await FindUnsentReceiptsAsync(),
        Leaks = [.. FindLeaks()],
    };

    private static async Task<IReadOnlyList<T>> QueryAsync<T>(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(database);
        return (await connection.QueryAsync<T>(sql)).AsList();
    }

    [GeneratedRegex(@"^To: .*?([^\s<@]+)@customers\.example", RegexOptions.Multiline)]
    private static partial Regex Receiver();

    private IEnumerable<string> FindLeaks()
    {
        string[] secrets = [.. TestCards.All.Select(card => card.Number), Customer.EmailOf(""), Doorkeeper.EmailOf(""), TokenBegin, .. shop.Door.Secrets];
        return
            from process in shop.Processes
            let output = process.Output
            from secret in secrets
            where output.Contains(secret, StringComparison.Ordinal)
            select $"the log of {process.Name} has {secret} in it";
    }

    private Task<IReadOnlyList<string>> FindLiveReservationsAsync() =>
        QueryAsync<string>(shop.InventoryDatabase, "SELECT reservation_id FROM reservation WHERE state = 1");

    private async Task<IReadOnlyList<OrderAccount>> ReadOrdersAsync()
    {
        var lines = (await QueryAsync<(string OrderId, int BookId, int Quantity)>(
            shop.TransactionsDatabase,
            "SELECT order_id, book_id, quantity FROM order_line JOIN orders USING (order_number)")).ToLookup(line => line.OrderId);
        var orders = await QueryAsync<OrderRow>(
            shop.TransactionsDatabase,
            """
            SELECT order_id AS OrderId, split_part(email, '@', 1) AS Key, state AS State, total_cents AS TotalCents, COALESCE(payment_key, '') AS PaymentKey,
                customer_id AS CustomerId, buy_two_get_one_free_promo AS HasPromotion,
                (SELECT SUM(quantity * unit_price_cents)::bigint FROM order_line WHERE order_line.order_number = orders.order_number) AS LinesCents,
                (SELECT MIN(unit_price_cents) FROM order_line WHERE order_line.order_number = orders.order_number) AS CheapestCents,
                (SELECT COALESCE(SUM(amount_cents), 0)::bigint FROM order_discount WHERE order_discount.order_number = orders.order_number) AS DiscountCents
            FROM orders LEFT JOIN charge USING (order_id)
            """);
        return
        [
            .. orders.Select(order => new OrderAccount
            {
                OrderId = order.OrderId,
                Key = order.Key,
                State = order.State,
                TotalCents = order.TotalCents,
                PaymentKey = order.PaymentKey,
                LinesCents = order.LinesCents,
                CheapestCents = order.CheapestCents,
                DiscountCents = order.DiscountCents,
                CustomerId = order.CustomerId ?? "",
                HasPromotion = order.HasPromotion,
                Copies = lines[order.OrderId].ToDictionary(line => line.BookId, line => line.Quantity),
            }),
        ];
    }

    private async Task<IReadOnlyList<BookAccount>> ReadStockAsync()
    {
        var entries = (await QueryAsync<(int BookId, int Delta)>(
            shop.InventoryDatabase, "SELECT book_id, delta FROM stock_entry ORDER BY entry_id")).ToLookup(entry => entry.BookId);
        var stock = await QueryAsync<(int BookId, int OnHand, int Reserved)>(
            shop.InventoryDatabase, "SELECT book_id, on_hand, reserved FROM stock ORDER BY book_id");
        var shown = await shop.ReadAvailableAsync();
        var initial = ShelfBook.All.ToDictionary(book => book.BookId, book => book.Copies);
        return
        [
            .. stock.Select(book => new BookAccount
            {
                BookId = book.BookId,
                Initial = initial[book.BookId],
                OnHand = book.OnHand,
                Reserved = book.Reserved,
                Available = shown[book.BookId],
                Entries = [.. entries[book.BookId].Select(entry => entry.Delta)],
            }),
        ];
    }

    private sealed record OrderRow(
        string OrderId,
        string Key,
        string State,
        long TotalCents,
        string PaymentKey,
        string? CustomerId,
        bool HasPromotion,
        long LinesCents,
        long CheapestCents,
        long DiscountCents);

    private IReadOnlyList<GatewayEntry> ReadLedger() =>
        [.. File.ReadLines(shop.GatewayLedger).Select(line => JsonSerializer.Deserialize<GatewayEntry>(line, LedgerFormat)!)];

    private async Task<IReadOnlyList<GatewayEntry>> ReadListingAsync()
    {
        using var client = new HttpClient { BaseAddress = shop.GatewayAddress };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", TestGatewayOptions.DefaultKey);
        var found = new List<GatewayEntry>();
        while (true)
        {
            using var page = JsonDocument.Parse(await client.GetStringAsync(new Uri($"/v1/payments?after={found.Count}", UriKind.Relative)));
            var entries = page.RootElement.GetProperty("entries").Deserialize<List<GatewayEntry>>(LedgerFormat)!;
            if (entries.Count == 0)
            {
                return found;
            }

            found.AddRange(entries);
        }
    }
}
