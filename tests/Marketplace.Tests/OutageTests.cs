using System.Net;
using System.Net.Sockets;
using BooksForYou.Contracts.Inventory.V1;

namespace BooksForYou.Marketplace.Tests;

/// <summary>The service that the shop asks is down, hung, or back again. These tests measure time, and have the machine to themselves.</summary>
[Collection(nameof(OutageTests))]
[CollectionDefinition(nameof(OutageTests), DisableParallelization = true)]
public sealed class OutageTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Deadline = TimeSpan.FromMilliseconds(800);

    [Fact]
    public async Task HomePage_service_stopped_keeps_its_books_within_300_ms()
    {
        await using var shop = await Shop.StartImpatientAsync();
        var before = Html.BareItems(await shop.GetAsync("/"));
        await shop.Service.StopServerAsync();

        var (page, took) = await shop.TimeAsync("/");

        Assert.True(took < Soon, $"The page took {took.TotalMilliseconds:0} ms.");
        Assert.Equal(before, Html.BareItems(page));
        Assert.Contains("id=\"shelf-fantasy\"", page, StringComparison.Ordinal);
        Assert.Contains(shop.Log.Events, line => line.Name == "PeerAway");
    }

    [Fact]
    public async Task HomePage_service_never_there_has_its_heading_and_no_books_within_300_ms()
    {
        await using var service = RecommendationsStandIn.NeverStarted();
        await using var shop = await Shop.StartImpatientAsync(service);
        await shop.GetAsync("/"); // The first page of a process waits for the compiler.

        var (page, took) = await shop.TimeAsync("/");

        Assert.True(took < Soon, $"The page took {took.TotalMilliseconds:0} ms.");
        Assert.Contains("<h1>Mystery books you may like</h1>", page, StringComparison.Ordinal);
        Assert.Empty(Html.BareItems(page));
        Assert.DoesNotContain("class=\"tile\"", page, StringComparison.Ordinal);
        Html.Parse(page);
    }

    [Fact]
    public async Task HomePage_service_hung_waits_for_its_deadline_at_most_and_soon_not_at_all()
    {
        await using var shop = await Shop.StartImpatientAsync();
        var books = Html.BareItems(await shop.GetAsync("/"));
        shop.Service.Hold();

        for (var visit = 0; visit < 2; visit++)
        {
            var (page, took) = await shop.TimeAsync("/");
            Assert.True(took < Deadline + Soon, $"The page took {took.TotalMilliseconds:0} ms.");
            Assert.Equal(books, Html.BareItems(page));
        }

        for (var visit = 0; visit < 5; visit++)
        {
            var (page, took) = await shop.TimeAsync("/");
            Assert.True(took < Soon, $"The service is known to hang, and the page took {took.TotalMilliseconds:0} ms.");
            Assert.Equal(books, Html.BareItems(page));
        }
    }

    [Fact]
    public async Task HomePage_connection_accepted_and_never_answered_is_given_up_at_the_deadline()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await using var service = await RecommendationsStandIn.StartAsync();
        await using var shop = await Shop.StartImpatientAsync(service, "--recommendations-host", $"127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");

        await shop.GetAsync("/");
        await shop.GetAsync("/");
        var (page, took) = await shop.TimeAsync("/");

        Assert.True(took < Soon, $"The page took {took.TotalMilliseconds:0} ms.");
        Assert.Contains("<h1>Mystery books you may like</h1>", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task HomePage_service_back_shows_new_books_without_a_restart(bool wasDown)
    {
        await using var shop = await Shop.StartImpatientAsync();
        await shop.GetAsync("/");
        await (wasDown ? shop.Service.StopServerAsync() : HoldAsync(shop));
        await shop.GetAsync("/");
        await shop.GetAsync("/");

        shop.Service.Books = [.. Library.Books.Select(book => new Book(book) { Title = book.Title + " (new)" })];
        await (wasDown ? shop.Service.StartServerAsync() : ReleaseAsync(shop));

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(20));
        while (!Html.BareItems(await shop.GetAsync("/")).All(title => title.EndsWith("(new)", StringComparison.Ordinal)))
        {
            limit.Token.ThrowIfCancellationRequested();
        }

        Assert.Contains(shop.Log.Events, line => line.Name == "PeerBack");
    }

    [Fact]
    public async Task BookPage_catalogue_away_is_503_with_retry_after_and_a_known_book_is_there()
    {
        await using var shop = await Shop.StartImpatientAsync(null, "--marketplace-fresh-for", "00:00:00.100");
        var known = await shop.GetAsync("/books/1");
        await shop.Service.StopServerAsync();

        using var unknown = await shop.SendAsync("/books/12");
        var (again, took) = await shop.TimeAsync("/books/1");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, unknown.StatusCode);
        Assert.NotNull(unknown.Headers.RetryAfter?.Delta);
        Assert.Contains("One moment, please", await unknown.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(WithoutToken(known), WithoutToken(again));
        Assert.True(took < Soon, $"The page took {took.TotalMilliseconds:0} ms.");
    }

    [Fact]
    public async Task BookPage_catalogue_back_is_there_without_a_restart()
    {
        await using var shop = await Shop.StartImpatientAsync();
        await shop.Service.StopServerAsync();
        using (var away = await shop.SendAsync("/books/1"))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, away.StatusCode);
        }

        await shop.Service.StartServerAsync();

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(20));
        var status = HttpStatusCode.ServiceUnavailable;
        while (status != HttpStatusCode.OK)
        {
            limit.Token.ThrowIfCancellationRequested();
            using var response = await shop.SendAsync("/books/1");
            status = response.StatusCode;
        }
    }

    [Fact]
    public async Task CategoryPage_catalogue_hung_is_503_within_its_deadline()
    {
        await using var shop = await Shop.StartImpatientAsync(null, "--marketplace-catalogue-deadline", "00:00:00.400");
        await shop.GetAsync("/categories/fantasy");
        using var notFound = await shop.SendAsync("/no-such-page"); // The first error page of a process waits for the compiler.
        shop.Service.Hold();

        var clock = System.Diagnostics.Stopwatch.StartNew();
        using var response = await shop.SendAsync("/categories/mystery?sort=price");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.True(clock.Elapsed < TimeSpan.FromMilliseconds(400) + Soon, $"The page took {clock.Elapsed.TotalMilliseconds:0} ms.");
    }

    [Fact]
    public async Task Covers_service_stopped_are_there_for_every_book_on_the_page()
    {
        await using var shop = await Shop.StartImpatientAsync();
        await shop.GetAsync("/");
        await shop.Service.StopServerAsync();
        var page = await shop.GetAsync("/");

        foreach (var address in Html.Addresses(page).Where(address => address.StartsWith("/covers/", StringComparison.Ordinal)))
        {
            using var response = await shop.SendAsync(address);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }
    }

    // A form's token is another one each time.
    private static string WithoutToken(string page) => System.Text.RegularExpressions.Regex.Replace(page, "name=\"__RequestVerificationToken\"[^>]*", "");

    private static Task HoldAsync(Shop shop)
    {
        shop.Service.Hold();
        return Task.CompletedTask;
    }

    private static Task ReleaseAsync(Shop shop)
    {
        shop.Service.Release();
        return Task.CompletedTask;
    }
}
