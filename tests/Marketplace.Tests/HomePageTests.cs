using System.Text.RegularExpressions;
using BooksForYou.Contracts.Inventory.V1;

namespace BooksForYou.Marketplace.Tests;

public sealed class HomePageTests
{
    [Fact]
    public async Task HomePage_service_up_has_title_heading_and_three_mystery_books()
    {
        await using var shop = await Shop.StartAsync();

        var page = await shop.GetAsync("/");

        Assert.Contains("<title>Online Books For You</title>", page, StringComparison.Ordinal);
        Assert.Contains("<h1>Mystery books you may like</h1>", page, StringComparison.Ordinal);
        var titles = Html.BareItems(page);
        Assert.Equal(3, titles.Count);
        Assert.Equal(3, titles.Distinct().Count());
        Assert.Subset(Library.Books.Where(book => book.Category == BookCategory.Mystery).Select(book => book.Title).ToHashSet(), titles.ToHashSet());
    }

    [Fact]
    public async Task HomePage_titles_with_markup_are_text()
    {
        string[] hostile = ["<script>alert(1)</script>", "</li><li>Two & \"three\"", "Ça brûle 'là' 雪国 ❄"];
        Book[] books = [.. hostile.Select((title, index) => Library.Make(BookCategory.Mystery, title, "<b>Nobody</b> & Sons", 2000))];
        for (var i = 0; i < books.Length; i++)
        {
            books[i].BookId = i + 1;
        }

        await using var service = await RecommendationsStandIn.StartAsync(books);
        await using var shop = await Shop.StartAsync(service);

        var page = await shop.GetAsync("/");

        Assert.Equal(hostile.Order(), Html.BareItems(page).Order());
        Assert.Equal(3, Regex.Count(page, "<li>"));
        Assert.DoesNotContain("<script>", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<b>", page, StringComparison.Ordinal);
        Html.Parse(page);
    }

    [Fact]
    public async Task HomePage_asked_again_has_new_mystery_books_and_the_shelves_of_before()
    {
        await using var shop = await Shop.StartAsync();
        await shop.GetAsync("/");
        var calls = shop.Service.RecommendCalls;

        var seen = new HashSet<string>();
        for (var visit = 0; visit < 20; visit++)
        {
            seen.UnionWith(Html.BareItems(await shop.GetAsync("/")));
        }

        Assert.Equal(20, shop.Service.RecommendCalls - calls);
        Assert.True(seen.Count > 3, $"Twenty visits showed only {string.Join(", ", seen)}.");
    }

    [Fact]
    public async Task HomePage_has_further_shelves_with_covers_and_links()
    {
        await using var shop = await Shop.StartAsync();

        var page = Html.Parse(await shop.GetAsync("/"));

        var tiles = page.Descendants("li").Where(item => (string?)item.Attribute("class") == "tile").ToList();
        Assert.True(tiles.Count >= 20, $"There are {tiles.Count} books on the shelves.");
        Assert.All(tiles, tile => Assert.StartsWith("/books/", (string?)tile.Descendants("a").Single().Attribute("href"), StringComparison.Ordinal));
        Assert.All(tiles, tile => Assert.StartsWith("/covers/", (string?)tile.Descendants("img").Single().Attribute("src"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task HomePage_fewer_books_than_three_shows_those()
    {
        var book = Library.Make(BookCategory.Mystery, "The Only One", "A. Author", 2000);
        book.BookId = 1;
        await using var service = await RecommendationsStandIn.StartAsync([book]);
        await using var shop = await Shop.StartAsync(service);

        Assert.Equal(["The Only One"], Html.BareItems(await shop.GetAsync("/")));
    }

    [Fact]
    public async Task Head_of_home_page_has_headers_and_no_body()
    {
        await using var shop = await Shop.StartAsync();

        using var response = await shop.SendAsync("/", HttpMethod.Head);

        response.EnsureSuccessStatusCode();
        Assert.True(response.Headers.CacheControl?.NoCache);
        Assert.Equal("text/html; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        Assert.Empty(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }
}
