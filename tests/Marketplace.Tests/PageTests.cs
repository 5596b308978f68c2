using System.Net;
using System.Xml.Linq;
using BooksForYou.Contracts.Inventory.V1;

namespace BooksForYou.Marketplace.Tests;

public sealed class PageTests(ShopFixture fixture) : IClassFixture<ShopFixture>
{
    private readonly Shop _shop = fixture.Shop;

    [Fact]
    public async Task BookPage_of_a_book_shows_all_that_is_known_of_it()
    {
        var page = await _shop.GetAsync("/books/1");

        Assert.Contains("<title>The Maltese Falcon by Dashiell Hammett · Online Books For You</title>", page, StringComparison.Ordinal);
        Assert.Contains(">1930<", page, StringComparison.Ordinal);
        Assert.Contains(">9780679722649<", page, StringComparison.Ordinal);
        Assert.Contains("A private eye who trusts nobody", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/categories/mystery\"", page, StringComparison.Ordinal);
        Assert.Contains("src=\"/covers/1.svg?v=", page, StringComparison.Ordinal);
        Assert.Contains("From the same shelf.", page, StringComparison.Ordinal);
        Assert.Contains("<link rel=\"canonical\" href=\"/books/1\">", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BookPage_year_before_the_common_era_says_BC()
    {
        var odyssey = Library.Books.Single(book => book.Title == "The Odyssey");

        Assert.Contains(">700 BC<", await _shop.GetAsync($"/books/{odyssey.BookId}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task BookPage_asked_again_is_not_asked_of_the_catalogue_again()
    {
        await _shop.GetAsync("/books/7");
        var calls = _shop.Service.GetBookCalls;

        await _shop.GetAsync("/books/7");

        Assert.Equal(calls, _shop.Service.GetBookCalls);
    }

    [Fact]
    public async Task CategoryPages_followed_to_the_end_show_every_book_once()
    {
        var titles = new List<string>();
        string? next = "/categories/mystery";
        while (next is not null)
        {
            var page = Html.Parse(await _shop.GetAsync(next));
            titles.AddRange(page.Descendants("span").Where(span => (string?)span.Attribute("class") == "tile-title").Select(span => span.Value));
            next = (string?)page.Descendants("a").SingleOrDefault(link => (string?)link.Attribute("rel") == "next")?.Attribute("href");
        }

        var expected = Library.Books.Where(book => book.Category == BookCategory.Mystery).Select(book => book.Title).Order(StringComparer.Ordinal);
        Assert.Equal(expected, titles);
    }

    [Theory]
    [InlineData("/no-such-page")]
    [InlineData("/books")]
    [InlineData("/books/")]
    [InlineData("/books/99999")]
    [InlineData("/books/0")]
    [InlineData("/books/-1")]
    [InlineData("/books/99999999999999999999")]
    [InlineData("/books/1.5")]
    [InlineData("/books/1%20OR%201=1")]
    [InlineData("/books/%FF%FE")]
    [InlineData("/books/%C0%AF")]
    [InlineData("/categories/nonsense")]
    [InlineData("/categories/Mystery")]
    [InlineData("/categories/%F0%9F%93%9A")]
    [InlineData("/categories/mystery?after=nonsense")]
    [InlineData("/categories/mystery?sort=nonsense")]
    [InlineData("/search?q=rose&after=nonsense")]
    [InlineData("/checkout/sale/nonsense")]
    [InlineData("/orders/nonsense")]
    [InlineData("/categories/mystery?after=%00")]
    [InlineData("/categories/mystery?after=%FF%FE")]
    [InlineData("/categories/mystery?after=-5")]
    [InlineData("/covers/99999.svg")]
    [InlineData("/covers/0.svg")]
    [InlineData("/covers/1.png")]
    [InlineData("/assets/site.000000000000.css")]
    [InlineData("/assets/..%2F..%2Fetc%2Fpasswd")]
    [InlineData("/status/500")]
    [InlineData("/status/200")]
    [InlineData("/%2e%2e/%2e%2e/etc/passwd")]
    public async Task Page_that_does_not_exist_is_a_friendly_404(string path)
    {
        using var response = await _shop.SendAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        var page = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("We cannot find that page", page, StringComparison.Ordinal);
        Assert.Contains("Online Books For You", page, StringComparison.Ordinal);
        Html.Parse(page);
    }

    [Fact]
    public async Task CategoryPage_token_longer_than_any_is_not_sent_on()
    {
        using var response = await _shop.SendAsync($"/categories/mystery?after={new string('1', 2100)}");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/books/1")]
    [InlineData("/categories/mystery")]
    [InlineData("/robots.txt")]
    [InlineData("/covers/1.svg")]
    public async Task Post_to_a_page_that_is_only_read_is_405(string path)
    {
        using var response = await _shop.SendAsync(path, HttpMethod.Post);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal(["GET", "HEAD"], response.Content.Headers.Allow.Order());
        Assert.Contains("That cannot be done here", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_that_throws_is_a_friendly_500_with_the_correlation_id_of_the_log()
    {
        using var response = await _shop.SendAsync("/broken");

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        var page = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var correlationId = Html.Parse(page).Descendants("code").Single().Value;
        Assert.NotEmpty(correlationId);
        Assert.DoesNotContain("secret of the house", page, StringComparison.Ordinal);
        Assert.DoesNotContain("InvalidOperationException", page, StringComparison.Ordinal);
        var line = Assert.Single(_shop.Log.Events, line => line.Message.Contains(correlationId, StringComparison.Ordinal));
        Assert.Equal("PageFailed", line.Name);
        Assert.Equal("a secret of the house", line.Exception?.Message);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/books/1")]
    [InlineData("/books/99999")]
    [InlineData("/categories/mystery")]
    [InlineData("/no-such-page")]
    [InlineData("/broken")]
    [InlineData("/covers/1.svg")]
    [InlineData("/favicon.svg")]
    [InlineData("/robots.txt")]
    [InlineData("/assets/site.000000000000.css")]
    public async Task Response_of_any_kind_has_the_security_headers(string path)
    {
        using var response = await _shop.SendAsync(path);

        string Header(string name) => string.Join(", ", response.Headers.GetValues(name));
        Assert.Equal("default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'", Header("Content-Security-Policy"));
        Assert.Equal("nosniff", Header("X-Content-Type-Options"));
        Assert.Equal("strict-origin-when-cross-origin", Header("Referrer-Policy"));
        Assert.Contains("camera=()", Header("Permissions-Policy"), StringComparison.Ordinal);
        Assert.Equal("same-origin", Header("Cross-Origin-Opener-Policy"));
        Assert.Equal("same-origin", Header("Cross-Origin-Resource-Policy"));
        Assert.False(response.Headers.Contains("Server"));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/books/1")]
    [InlineData("/categories/mystery")]
    [InlineData("/categories/mystery?sort=price")]
    [InlineData("/search")]
    [InlineData("/search?q=the")]
    [InlineData("/search?q=nothing-like-it")]
    [InlineData("/basket")]
    public async Task Page_is_well_formed_and_asks_nobody_else_and_has_no_dead_link(string path)
    {
        var text = await _shop.GetAsync(path);

        var page = Html.Parse(text);
        var ids = page.Descendants().Attributes("id").Select(id => id.Value).ToList();
        Assert.Equal(ids.Distinct(), ids);
        Assert.All(page.Descendants("script"), script => Assert.StartsWith("/assets/", (string?)script.Attribute("src"), StringComparison.Ordinal));
        Assert.All(page.Descendants("script"), script => Assert.Empty(script.Value));
        Assert.Empty(page.Descendants().Attributes("style"));
        Assert.DoesNotContain("look-again", text, StringComparison.Ordinal);
        Assert.DoesNotContain("http://", text, StringComparison.Ordinal);
        Assert.DoesNotContain("https://", text, StringComparison.Ordinal);
        foreach (var address in Html.Addresses(text))
        {
            using var response = await _shop.SendAsync(address);
            Assert.True(response.IsSuccessStatusCode, $"{address} is {(int)response.StatusCode}.");
        }
    }

    [Fact]
    public async Task Page_public_address_known_is_named_in_full()
    {
        await using var shop = await Shop.StartAsync(null, "--marketplace-public-url", "https://books.example");

        var page = await shop.GetAsync("/books/1");

        Assert.Contains("<link rel=\"canonical\" href=\"https://books.example/books/1\">", page, StringComparison.Ordinal);
        Assert.Contains("<meta property=\"og:url\" content=\"https://books.example/books/1\">", page, StringComparison.Ordinal);
    }
}

/// <summary>A shop that the tests of a class share.</summary>
public sealed class ShopFixture : IAsyncLifetime
{
    internal Shop Shop { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Shop = await Shop.StartAsync();

    public ValueTask DisposeAsync() => Shop.DisposeAsync();
}
