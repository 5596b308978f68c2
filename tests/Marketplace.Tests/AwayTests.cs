using System.Diagnostics;
using System.Net;

namespace BooksForYou.Marketplace.Tests;

/// <summary>
/// Each service in turn is down, or accepts calls and never answers, for the pages and for the other services: what every page still does, how long it
/// takes at the most, and that all is as before when the service is back.
/// </summary>
[Collection(nameof(OutageTests))]
public sealed class AwayTests
{
    private const string Whole = "";
    private const string Placed = "/orders/";
    private const string Unseen = "/books/";
    private const string Category = "/categories/fantasy?sort=best-selling";

    // The longest deadline of a page, and a busy machine.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(4);

    /// <summary>Service, page, status and what the page says; a page without words is whole.</summary>
    private static readonly (string Service, string Page, int Status, string Words)[] Table =
    [
        ("recommendations", "/", 200, Whole),
        ("recommendations", "/books/1", 200, Whole),
        ("recommendations", "/categories/mystery", 200, Whole),
        ("recommendations", "/search?q=night", 200, Whole),
        ("recommendations", "/basket", 200, "Go to checkout"),
        ("recommendations", "/checkout", 200, "Pay €"),
        ("recommendations", Placed, 200, "Paid."),
        ("inventory", "/", 200, Whole),
        ("inventory", "/books/1", 200, Whole),
        ("inventory", Unseen, 503, "One moment, please"),
        ("inventory", "/categories/mystery", 200, Whole),
        ("inventory", "/categories/history", 200, Whole),
        ("inventory", Category, 503, "One moment, please"),
        ("inventory", "/search?q=night", 503, "We cannot look for"),
        ("inventory", "/search/suggestions?q=night", 200, "[]"),
        ("inventory", "/basket", 200, "We cannot look up prices and stock"),
        ("inventory", "/checkout", 503, "We cannot take orders at the moment"),
        ("inventory", Placed, 200, "Paid."),
        ("cart", "/", 200, Whole),
        ("cart", "/books/1", 200, Whole),
        ("cart", "/categories/mystery", 200, Whole),
        ("cart", "/search?q=night", 200, Whole),
        ("cart", "/basket", 503, "We cannot reach your basket"),
        ("cart", "/checkout", 503, "We cannot take orders at the moment"),
        ("cart", Placed, 200, "Paid."),
        ("transactions", "/", 200, Whole),
        ("transactions", "/books/1", 200, Whole),
        ("transactions", "/categories/mystery", 200, Whole),
        ("transactions", "/search?q=night", 200, Whole),
        ("transactions", "/basket", 200, "Go to checkout"),
        ("transactions", "/checkout", 200, "Pay €"),
        ("transactions", Placed, 503, "We cannot look up orders"),
        ("reviews", "/", 200, Whole),
        ("reviews", "/books/1", 200, Whole),
        ("reviews", "/categories/mystery", 200, Whole),
        ("reviews", "/search?q=night", 200, Whole),
        ("reviews", "/basket", 200, "Go to checkout"),
        ("reviews", "/checkout", 200, "Pay €"),
        ("reviews", Placed, 200, "Paid."),
        ("accounts", "/", 200, Whole),
        ("accounts", "/books/1", 200, Whole),
        ("accounts", "/categories/mystery", 200, Whole),
        ("accounts", "/search?q=night", 200, Whole),
        ("accounts", "/basket", 200, "Go to checkout"),
        ("accounts", "/checkout", 200, "Pay €"),
        ("accounts", Placed, 200, "Paid."),
        ("accounts", "/sign-in", 200, Whole),
    ];

    [Theory]
    [InlineData("recommendations", true)]
    [InlineData("recommendations", false)]
    [InlineData("inventory", true)]
    [InlineData("inventory", false)]
    [InlineData("cart", true)]
    [InlineData("cart", false)]
    [InlineData("transactions", true)]
    [InlineData("transactions", false)]
    [InlineData("reviews", true)]
    [InlineData("reviews", false)]
    [InlineData("accounts", true)]
    [InlineData("accounts", false)]
    public async Task Pages_service_away_say_what_is_missing_in_time_and_are_whole_when_it_is_back(string service, bool isDown)
    {
        await using var shop = await OpenShop.StartBehindGatesAsync();
        using var guest = new Guest(shop);
        var unseen = await shop.AddBookAsync("Zenith", quantity: 3);
        var order = await PrepareAsync(shop, guest);
        var gate = shop.GateOf(service);
        if (isDown)
        {
            gate.Close();
        }
        else
        {
            gate.Hold();
        }

        foreach (var (_, page, status, words) in Table.Where(row => row.Service == service))
        {
            var path = page switch { Placed => order, Unseen => $"/books/{unseen.BookId}", _ => page };
            await AssertPageAsync(guest, path, (HttpStatusCode)status, words);
            await AssertPageAsync(guest, path, (HttpStatusCode)status, words);
        }

        gate.Open();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(40));
        foreach (var page in new[] { Category, "/search?q=dark", "/basket", "/checkout", order })
        {
            while (!await IsWholeAsync(guest, page))
            {
                limit.Token.ThrowIfCancellationRequested();
            }
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Customer_accounts_away_keeps_the_pages_of_the_shop_and_the_own_basket_and_can_sign_in_when_it_is_back(bool isDown)
    {
        await using var shop = await OpenShop.StartBehindGatesAsync();
        using var customer = new Guest(shop);
        using var guest = new Guest(shop);
        await PrepareAsync(shop, guest);
        await customer.RegisterAsync("ada@example.com", "nine clever owls at noon");
        await customer.AddAsync(1, "2");
        var form = Guest.FieldsOf(await guest.ReadAsync("/sign-in"));
        if (isDown)
        {
            shop.GateOf("accounts").Close();
        }
        else
        {
            shop.GateOf("accounts").Hold();
        }

        foreach (var page in new[] { "/", "/books/1", "/" })
        {
            await AssertPageAsync(customer, page, HttpStatusCode.OK, "Ada Lovelace");
        }

        await AssertPageAsync(customer, "/basket", HttpStatusCode.OK, "2 copies");
        Assert.Equal("/basket?notice=added", await customer.AddAsync(2));
        await AssertPageAsync(customer, "/checkout", HttpStatusCode.OK, "Pay €");
        await AssertPageAsync(customer, "/account", HttpStatusCode.OK, "Ada Lovelace");
        using (var refused = await guest.PostAsync("/sign-in", [.. form, new("email", "ada@example.com"), new("password", "nine clever owls at noon")]))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.NotNull(refused.Headers.RetryAfter?.Delta);
        }

        // Who is not known here is asked to come back: a basket that is empty would be a wrong one.
        using var unknown = new Guest(shop);
        unknown.Headers["Cookie"] = $"session={new string('A', 43)}";
        using var basket = await unknown.GetAsync("/basket");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, basket.StatusCode);
        Assert.False(basket.Headers.Contains("Set-Cookie"));
        using var account = await unknown.GetAsync("/account");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, account.StatusCode);

        shop.GateOf("accounts").Open();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(40));
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(2.5)); // So many tries a minute are allowed.
        while (await guest.SignInAsync("ada@example.com", "nine clever owls at noon") is null)
        {
            await timer.WaitForNextTickAsync(limit.Token);
        }

        Assert.Contains("Ada Lovelace", await guest.ReadAsync("/account"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignIn_cart_away_merges_the_visitors_basket_when_it_is_back()
    {
        await using var shop = await OpenShop.StartBehindGatesAsync();
        using var guest = new Guest(shop);
        await PrepareAsync(shop, guest);
        await guest.RegisterAsync("ada@example.com", "nine clever owls at noon");
        using var signedOut = await guest.SubmitAsync("/sign-out", "/sign-out");
        await guest.AddAsync(3, "4");
        shop.GateOf("cart").Close();

        Assert.Equal("/", await guest.SignInAsync("ada@example.com", "nine clever owls at noon"));
        await AssertPageAsync(guest, "/", HttpStatusCode.OK, "Ada Lovelace");

        shop.GateOf("cart").Open();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(40));
        while (guest.CookieOf("merge") is not null)
        {
            limit.Token.ThrowIfCancellationRequested();
            await guest.ReadAsync("/");
        }

        // The one that was in it when the account was opened, and four that were put in afterwards.
        Assert.Contains("5 copies", await guest.ReadAsync("/basket"), StringComparison.Ordinal);
    }

    /// <summary>A visitor who has looked around and bought a book; the address of the order.</summary>
    private static async Task<string> PrepareAsync(OpenShop shop, Guest guest)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        foreach (var page in new[] { "/", "/books/1", "/categories/mystery", "/search?q=rose" })
        {
            while (!await IsWholeAsync(guest, page))
            {
                limit.Token.ThrowIfCancellationRequested();
            }
        }

        // The shelves that nobody has looked at yet are remembered in the background, one after the other.
        while (!shop.RemembersShelves || !(await guest.ReadAsync("/")).Contains("id=\"shelf-children\"", StringComparison.Ordinal))
        {
            limit.Token.ThrowIfCancellationRequested();
        }

        await guest.AddAsync(1);
        var order = await BoughtAsync(guest, limit.Token);
        await guest.AddAsync(2);
        Assert.True(await IsWholeAsync(guest, order));
        return order;
    }

    private static async Task<string> BoughtAsync(Guest guest, CancellationToken limit)
    {
        var address = await guest.BuyAsync();
        while (address.StartsWith("/checkout/sale/", StringComparison.Ordinal))
        {
            limit.ThrowIfCancellationRequested();
            using var sale = await guest.GetAsync(address);
            address = sale.Headers.Location?.OriginalString ?? address;
        }

        return address;
    }

    private static async Task<bool> IsWholeAsync(Guest guest, string page)
    {
        using var response = await guest.GetAsync(page);
        return response.StatusCode == HttpStatusCode.OK
            && !(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Contains("We cannot", StringComparison.Ordinal);
    }

    private static async Task AssertPageAsync(Guest guest, string path, HttpStatusCode status, string words)
    {
        var clock = Stopwatch.StartNew();
        using var response = await guest.GetAsync(path);
        var page = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.True(clock.Elapsed < Longest, $"{path} took {clock.Elapsed.TotalMilliseconds:0} ms.");
        Assert.True(response.StatusCode == status, $"{path} answers {(int)response.StatusCode} and not {(int)status}.");
        Assert.True(page.Contains(words, StringComparison.Ordinal), $"{path} does not say '{words}'.");
        if (status == HttpStatusCode.ServiceUnavailable)
        {
            Assert.NotNull(response.Headers.RetryAfter?.Delta);
        }
        else if (words.Length == 0)
        {
            Assert.DoesNotContain("We cannot", page, StringComparison.Ordinal);
        }
    }
}
