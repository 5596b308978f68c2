using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using BooksForYou.Contracts.Inventory.V1;

namespace BooksForYou.Integration.Tests;

/// <summary>The home page as existing checks look at it, with the store in one process and in one each.</summary>
public abstract partial class HomePageTests
{
    private readonly Store _store;

    protected HomePageTests(Store store) => _store = store;

    [Fact]
    public async Task HomePage_store_running_has_title_heading_and_three_mystery_books()
    {
        var page = await _store.Web.GetStringAsync("/", TestContext.Current.CancellationToken);

        Assert.Contains("<title>Online Books For You</title>", page, StringComparison.Ordinal);
        Assert.Contains("Mystery books you may like", page, StringComparison.Ordinal);
        var titles = BareListItem().Matches(page).Select(item => WebUtility.HtmlDecode(item.Groups[1].Value).Trim()).ToList();
        Assert.Equal(3, titles.Count);
        Assert.Equal(3, titles.Distinct().Count());
        Assert.Subset(await MysteryTitlesAsync(), titles.ToHashSet());
    }

    [Fact]
    public async Task HomePage_asked_often_shows_other_books_too()
    {
        var seen = new HashSet<string>();
        for (var visit = 0; visit < 30; visit++)
        {
            var page = await _store.Web.GetStringAsync("/", TestContext.Current.CancellationToken);
            seen.UnionWith(BareListItem().Matches(page).Select(item => item.Groups[1].Value));
        }

        Assert.True(seen.Count > 3, $"30 visits showed only {string.Join(", ", seen)}.");
    }

    [Fact]
    public async Task BookPage_of_the_first_book_shows_it()
    {
        var page = await _store.Web.GetStringAsync("/books/1", TestContext.Current.CancellationToken);

        Assert.Contains("The Maltese Falcon", page, StringComparison.Ordinal);
        Assert.Contains("Dashiell Hammett", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UnknownPage_is_a_friendly_404()
    {
        using var response = await _store.Web.GetAsync("/no-such-page", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains("Online Books For You", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private async Task<HashSet<string>> MysteryTitlesAsync()
    {
        var client = new InventoryService.InventoryServiceClient(_store.ChannelTo("Inventory"));
        var request = new ListBooksRequest { Category = BookCategory.Mystery, PageSize = 100 };
        var response = await client.ListBooksAsync(request, deadline: DateTime.UtcNow.AddSeconds(10));
        return response.Books.Select(book => book.Title).ToHashSet();
    }

    [GeneratedRegex("<li>(.*?)</li>", RegexOptions.Singleline)]
    private static partial Regex BareListItem();
}

/// <summary>Everything in one process.</summary>
public sealed class AllInOneHomePageTests(AllInOneStore store) : HomePageTests(store.Store), IClassFixture<AllInOneStore>;

/// <summary>A process for each service.</summary>
public sealed class ServicesHomePageTests(ServicesStore store) : HomePageTests(store.Store), IClassFixture<ServicesStore>
{
    private readonly Store _store = store.Store;

    [Fact]
    public async Task HomePage_recommendations_killed_and_back_stays_up_and_recovers()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await _store.Web.GetStringAsync("/", cancellation);
        await _store.KillAsync("Recommendations");

        var clock = Stopwatch.StartNew();
        using (var response = await _store.Web.GetAsync("/", cancellation))
        {
            var took = clock.Elapsed;
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.True(took < TimeSpan.FromMilliseconds(300), $"The page took {took.TotalMilliseconds:0} ms.");
        }

        await _store.StartAsync("Recommendations");
        var limit = Stopwatch.StartNew();
        var titles = new HashSet<string>();
        while (titles.Count <= 3)
        {
            Assert.True(limit.Elapsed < TimeSpan.FromSeconds(20), "The page shows the same three books 20 s after the service is back.");
            var page = await _store.Web.GetStringAsync("/", cancellation);
            titles.UnionWith(Regex.Matches(page, "<li>(.*?)</li>").Select(item => item.Groups[1].Value));
        }
    }
}

/// <summary>The store in one process, shared by the tests of a class.</summary>
public sealed class AllInOneStore : IAsyncLifetime
{
    public Store Store { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Store = await Store.StartAllInOneAsync();

    public ValueTask DisposeAsync() => Store?.DisposeAsync() ?? default;
}

/// <summary>The store as one process a service, shared by the tests of a class.</summary>
public sealed class ServicesStore : IAsyncLifetime
{
    public Store Store { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Store = await Store.StartServicesAsync();

    public ValueTask DisposeAsync() => Store?.DisposeAsync() ?? default;
}
