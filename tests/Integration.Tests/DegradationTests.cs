using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;

namespace BooksForYou.Integration.Tests;

/// <summary>
/// Each service in turn down (killed), hung (accepts connections, never answers) and slow (every answer a second late), and what visitors
/// then get. What is expected is the table of docs/degradation.md: each of its rows is a test.
/// </summary>
public sealed partial class DegradationTests(PatientStore patient) : IClassFixture<PatientStore>
{
    private static readonly TimeSpan PageLimit = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan LaterPageLimit = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan RecoveryLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Lateness = TimeSpan.FromSeconds(1);
    private static readonly string[] Columns =
        ["Service", "Is", "Home", "Category", "Search", "Book", "Add to basket", "Basket", "Pay", "The sale, when all is back", "Order"];

    private static int _lastBook = 8;

    private readonly Store _store = patient.Store;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The rows of the table.</summary>
    public static IEnumerable<TheoryDataRow<string, string, string>> Rows()
    {
        var lines = File.ReadAllLines(Path.Combine(Repository.Root, "docs", "degradation.md"));
        var table = lines.SkipWhile(line => Cells(line).ElementAtOrDefault(0) != Columns[0]).TakeWhile(line => line.StartsWith('|')).ToList();
        Assert.Equal(Columns, Cells(table[0]));
        return table.Skip(2).Select(Cells).Select(cells =>
            new TheoryDataRow<string, string, string>(cells[0], cells[1], string.Join(" | ", cells.Skip(2))) { TestDisplayName = $"{cells[0]} {cells[1]}" });
    }

    [Theory, MemberData(nameof(Rows))]
    public async Task Pages_service_in_trouble_do_what_the_documentation_says(string service, string trouble, string expected)
    {
        var visit = await PrepareAsync();
        await BeginAsync(service, trouble);
        var ended = false;
        try
        {
            string[] seen =
            [
                await OpenAsync(visit.Web, "/"),
                await OpenAsync(visit.Web, "/categories/mystery"),
                await OpenAsync(visit.Web, $"/search?q={visit.NewWord}"),
                await OpenAsync(visit.Web, "/books/1"),
                await AddAsync(visit),
                await OpenAsync(visit.Web, "/basket"),
                await PayAsync(visit),
            ];
            var order = await OpenAsync(visit.Web, visit.EarlierOrder);
            await AssertQuickAsync(visit.Web, trouble);
            await EndAsync(service, trouble);
            ended = true;

            var outcome = await FinishAsync(visit);

            string[] all = [.. seen, outcome, order];
            Assert.Equal(expected, string.Join(" | ", expected.Split(" | ").Zip(all, (cell, what) => cell.Split(" or ").Contains(what) ? cell : what)));
        }
        finally
        {
            if (!ended)
            {
                await EndAsync(service, trouble);
            }

            visit.Web.Dispose();
            visit.BuyersWeb.Dispose();
        }
    }

    [Fact]
    public void Table_has_every_service_in_every_trouble()
    {
        string[] services = ["Recommendations", "Inventory", "Cart", "Transactions", "Accounts", "Reviews", "Payment gateway"];
        string[] troubles = ["down", "hung", "slow"];

        var rows = Rows().Select(row => (row.Data.Item1, row.Data.Item2)).ToList();

        Assert.Equal(services.SelectMany(service => troubles.Select(trouble => (service, trouble))), rows);
    }

    private static string[] Cells(string line) => [.. line.Trim().Trim('|').Split('|').Select(cell => cell.Trim())];

    private static string ProgramOf(string service) => service == "Payment gateway" ? "TestGateway" : service;

    /// <summary>A visitor with a filled basket, who has seen home page, category and book; and one with an order and an open checkout page.</summary>
    private async Task<Visit> PrepareAsync()
    {
        // Each test buys books of its own: of none there are as many copies as there are tests.
        var book = Interlocked.Add(ref _lastBook, 2);
        var buyersWeb = _store.NewVisitor();
        var shopper = new Shopper(buyersWeb);
        await shopper.AddAsync(book);
        using var order = await shopper.PayAsync(await shopper.FillCheckoutAsync());
        Assert.Equal(HttpStatusCode.OK, order.StatusCode);
        var address = order.RequestMessage!.RequestUri!.AbsolutePath;
        Assert.StartsWith("/orders/", address, StringComparison.Ordinal);

        var web = _store.NewVisitor();
        foreach (var page in (string[])["/", "/categories/mystery", "/books/1"])
        {
            await web.GetStringAsync(page, Cancellation);
        }

        await new Shopper(web).AddAsync(book + 1);
        var token = Shopper.FieldsOf(await web.GetStringAsync("/books/1", Cancellation))[Shopper.TokenField];
        await shopper.AddAsync(book + 1);
        return new Visit(web, token, buyersWeb, address, await shopper.FillCheckoutAsync(), $"falcon+{Guid.NewGuid():N}"[..12]);
    }

    private Task BeginAsync(string service, string trouble)
    {
        switch (trouble)
        {
            case "down":
                return _store.KillAsync(ProgramOf(service));
            case "hung":
                return _store.HangAsync(ProgramOf(service));
            default:
                _store.Slow(ProgramOf(service), Lateness);
                return Task.CompletedTask;
        }
    }

    private Task EndAsync(string service, string trouble)
    {
        switch (trouble)
        {
            case "down":
                return _store.StartAsync(ProgramOf(service));
            case "hung":
                return _store.ResumeAsync(ProgramOf(service));
            default:
                _store.Slow(ProgramOf(service), TimeSpan.Zero);
                return Task.CompletedTask;
        }
    }

    /// <summary>Opens a page, and tells in a word or two what there was to see.</summary>
    private static async Task<string> OpenAsync(HttpClient web, string address)
    {
        var clock = Stopwatch.StartNew();
        using var response = await web.GetAsync(address, Cancellation);
        var page = await response.Content.ReadAsStringAsync(Cancellation);
        Assert.True(clock.Elapsed < PageLimit, $"{address} took {clock.Elapsed.TotalMilliseconds:0} ms.");
        Assert.Contains("Online Books For You", page, StringComparison.Ordinal);
        if (response.StatusCode == HttpStatusCode.ServiceUnavailable)
        {
            return "503";
        }

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return address switch
        {
            "/" => BareListItem().Count(page) == 3 ? "shown" : "without recommendations",
            "/basket" => page.Contains("We cannot look up prices", StringComparison.Ordinal) ? "without prices" : "shown",
            "/books/1" when !page.Contains("Readers of this may like", StringComparison.Ordinal) => "without similar books",
            "/books/1" => page.Contains("Our reviews are away", StringComparison.Ordinal) ? "without reviews" : "shown",
            _ => "shown",
        };
    }

    private static async Task<string> AddAsync(Visit visit)
    {
        var clock = Stopwatch.StartNew();
        using var response = await new Shopper(visit.Web).AddAsync(visit.Token, book: 1, copies: 1);
        var page = await response.Content.ReadAsStringAsync(Cancellation);
        Assert.True(clock.Elapsed < PageLimit * 2, $"Adding a book took {clock.Elapsed.TotalMilliseconds:0} ms.");
        return page.Contains("It is in your basket.", StringComparison.Ordinal) ? "added"
            : page.Contains("We could not reach your basket", StringComparison.Ordinal) ? "not added"
            : $"{response.StatusCode}";
    }

    private static async Task<string> PayAsync(Visit visit)
    {
        var clock = Stopwatch.StartNew();
        using var response = await new Shopper(visit.BuyersWeb).PayAsync(visit.Form);
        var page = await response.Content.ReadAsStringAsync(Cancellation);
        Assert.True(clock.Elapsed < PageLimit * 3, $"Paying took {clock.Elapsed.TotalMilliseconds:0} ms.");
        visit.SaleAddress = response.RequestMessage!.RequestUri!.AbsolutePath;
        return PaymentOf(visit.SaleAddress, page);
    }

    private static string PaymentOf(string address, string page) =>
        address.StartsWith("/orders/", StringComparison.Ordinal) ? "paid"
        : page.Contains("We are confirming your payment", StringComparison.Ordinal) ? "being confirmed"
        : page.Contains("Nothing was charged", StringComparison.Ordinal) ? "not charged"
        : $"{address}: {Regex.Replace(page, "<[^>]*>|\\s+", " ")}";

    /// <summary>A page takes its usual time once a service is known to be away: nobody waits for it any more.</summary>
    private static async Task AssertQuickAsync(HttpClient web, string trouble)
    {
        if (trouble == "slow")
        {
            return;
        }

        foreach (var page in (string[])["/", "/categories/mystery", "/books/1"])
        {
            var clock = Stopwatch.StartNew();
            using var response = await web.GetAsync(page, Cancellation);
            Assert.True(clock.Elapsed < LaterPageLimit, $"{page} took {clock.Elapsed.TotalMilliseconds:0} ms though the service was known to be away.");
        }
    }

    /// <summary>Looks as the page does, every moment, until it is known how the sale ended and everything is as always.</summary>
    private static async Task<string> FinishAsync(Visit visit)
    {
        var outcome = "paid";
        if (visit.SaleAddress.StartsWith("/checkout/sale/", StringComparison.Ordinal))
        {
            outcome = await UntilAsync(visit.BuyersWeb, visit.SaleAddress, (address, page) => PaymentOf(address, page) is not "being confirmed" and var end ? end : null);
        }
        else if (visit.SaleAddress == "/checkout")
        {
            outcome = "not charged";
        }

        await UntilAsync(visit.Web, "/basket", (_, page) => page.Contains("We cannot", StringComparison.Ordinal) ? null : page);
        await UntilAsync(visit.Web, "/search?q=maltese", (_, page) => page.Contains("The Maltese Falcon", StringComparison.Ordinal) ? page : null);
        await UntilAsync(visit.Web, visit.EarlierOrder, (_, page) => page.Contains("Paid.", StringComparison.Ordinal) ? page : null);
        await UntilAsync(visit.Web, "/books/1", (_, page) =>
            page.Contains("Readers of this may like", StringComparison.Ordinal) && !page.Contains("Our reviews are away", StringComparison.Ordinal) ? page : null);
        return outcome;
    }

    private static async Task<string> UntilAsync(HttpClient web, string address, Func<string, string, string?> find)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        var clock = Stopwatch.StartNew();
        while (true)
        {
            using var response = await web.GetAsync(address, Cancellation);
            var page = await response.Content.ReadAsStringAsync(Cancellation);
            if (find(response.RequestMessage!.RequestUri!.AbsolutePath, page) is { } found)
            {
                return found;
            }

            Assert.True(clock.Elapsed < RecoveryLimit, $"{address} is not as always {RecoveryLimit.TotalSeconds} s after the service was back:\n{page}");
            await timer.WaitForNextTickAsync(Cancellation);
        }
    }

    [GeneratedRegex("<li>")]
    private static partial Regex BareListItem();

    private sealed record Visit(
        HttpClient Web, string Token, HttpClient BuyersWeb, string EarlierOrder, Dictionary<string, string> Form, string NewWord)
    {
        public string SaleAddress { get; set; } = "";
    }
}

/// <summary>
/// The store as one process a service, with pages that keep nothing for longer than a moment, so that every look asks the services, and
/// with sales that are taken over soon, so that the tests need not wait for long.
/// </summary>
public sealed class PatientStore : IAsyncLifetime
{
    public Store Store { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Store = await Store.StartServicesAsync(
        "MARKETPLACE__FRESHFOR=00:00:00.001", "CART__LEASE=00:00:02", "CART__RECOVERYINTERVAL=00:00:00.2", "MARKETPLACE__SEARCHESPERMINUTE=100000",
        "MARKETPLACE__CHECKOUTSPERMINUTE=100000", "TRANSACTIONS__LEASETIME=00:00:02", "TRANSACTIONS__POLLINTERVAL=00:00:00.2",
        "CART__PAYMENTTIMEOUT=00:00:05", "TRANSACTIONS__GATEWAYTIMEOUT=00:00:02", "TRANSACTIONS__CHARGETIMEOUT=00:00:08");

    public ValueTask DisposeAsync() => Store?.DisposeAsync() ?? default;
}
