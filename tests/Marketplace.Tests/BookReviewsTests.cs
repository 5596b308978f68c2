using System.Net;
using BooksForYou.Marketplace.Reviewing;

namespace BooksForYou.Marketplace.Tests;

/// <summary>What readers say, on the pages of books and on tiles.</summary>
public sealed class BookReviewsTests
{
    private const string Hostile = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task BookPage_with_reviews_shows_average_count_and_histogram()
    {
        await using var reviews = await ReviewsStandIn.StartAsync(ReviewsStandIn.Make(1, 5), ReviewsStandIn.Make(1, 4), ReviewsStandIn.Make(1, 4));
        await using var shop = await StartAsync(reviews);

        var page = await shop.GetAsync("/books/1");

        Assert.Contains("4.3<span class=\"unseen\"> of 5 stars</span>", page, StringComparison.Ordinal);
        Assert.Contains("3 reviews", page, StringComparison.Ordinal);
        Assert.Contains("\"ratingValue\":\"4.33\",\"bestRating\":5,\"ratingCount\":3", page, StringComparison.Ordinal);
        Assert.Equal(["1", "2", "0", "0", "0"], Html.Parse(page).Descendants("td").Where(cell => (string?)cell.Attribute("class") == "bars-count").Select(cell => cell.Value));
    }

    [Fact]
    public async Task BookPage_without_reviews_says_so_and_sends_visitors_to_sign_in()
    {
        await using var reviews = await ReviewsStandIn.StartAsync();
        await using var shop = await StartAsync(reviews);

        var page = await shop.GetAsync("/books/2");

        Assert.Contains("Nobody has reviewed this book yet.", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/sign-in?next=%2Fbooks%2F2%2Freview\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Our reviews are away", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BookPage_hostile_review_is_text_wherever_it_stands()
    {
        await using var reviews = await ReviewsStandIn.StartAsync(ReviewsStandIn.Make(1, 1, Hostile, $"{Hostile}\nsecond line \u202e", Hostile));
        await using var shop = await StartAsync(reviews);

        var page = await shop.GetAsync("/books/1");

        Assert.DoesNotContain("<script>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<img src=x", page, StringComparison.Ordinal);
        var text = Html.Parse(page).Descendants("p").Single(part => (string?)part.Attribute("class") == "review-text");
        Assert.StartsWith($"{Hostile}\nsecond line", text.Value, StringComparison.Ordinal);
        Assert.Equal("auto", (string?)text.Attribute("dir"));
    }

    [Fact]
    public async Task BookPage_reviews_are_read_page_by_page_in_either_order()
    {
        var many = Enumerable.Range(1, 12).Select(number => ReviewsStandIn.Make(1, 3, $"Review {number}.")).ToArray();
        many[0].HelpfulVotes = 9;
        await using var reviews = await ReviewsStandIn.StartAsync(many);
        await using var shop = await StartAsync(reviews);

        var newest = await shop.GetAsync("/books/1");
        var next = Html.Parse(newest).Descendants("a").Single(link => ((string?)link.Attribute("rel"))?.StartsWith("next", StringComparison.Ordinal) == true);
        var second = await shop.GetAsync((string)next.Attribute("href")!);
        var helpful = await shop.GetAsync("/books/1?order=helpful");

        Assert.Equal(10, TitlesOf(newest).Count);
        Assert.Equal("Review 12.", TitlesOf(newest)[0]);
        Assert.Equal(["Review 2.", "Review 1."], TitlesOf(second));
        Assert.Equal("Review 1.", TitlesOf(helpful)[0]);
        Assert.Contains("9 readers find this helpful.", helpful, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("?after=none-of-ours")]
    [InlineData("?order=sideways&notice=You+have+won&voted=%3Cscript%3E")]
    public async Task BookPage_address_that_nobody_made_is_the_book_all_the_same(string query)
    {
        await using var reviews = await ReviewsStandIn.StartAsync(ReviewsStandIn.Make(1, 5));
        await using var shop = await StartAsync(reviews);

        using var response = await shop.SendAsync($"/books/1{query}");
        var page = await response.Content.ReadAsStringAsync(Cancellation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.DoesNotContain("You have won", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CategoryPage_asks_for_the_ratings_of_all_its_books_in_one_call_and_remembers_them()
    {
        await using var reviews = await ReviewsStandIn.StartAsync(ReviewsStandIn.Make(1, 5), ReviewsStandIn.Make(2, 3));
        await using var shop = await StartAsync(reviews, "--marketplace-fresh-for", "00:10:00");
        while (!(await shop.GetAsync("/")).Contains("id=\"shelf-children\"", StringComparison.Ordinal))
        {
            Cancellation.ThrowIfCancellationRequested();
        }

        var before = reviews.RatingCalls;
        var rated = 0;
        foreach (var page in new[] { "/categories/biography", "/categories/biography", "/categories/romance" })
        {
            rated += (await shop.GetAsync(page)).Contains("tile-rating", StringComparison.Ordinal) ? 1 : 0;
        }

        Assert.Equal(0, rated);
        Assert.Equal(before + 2, reviews.RatingCalls);
        Assert.Contains("3.0 of 5 stars, 1 review<", await shop.GetAsync("/search?q=orient"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task BookPage_read_twice_by_visitors_asks_for_its_reviews_once()
    {
        await using var reviews = await ReviewsStandIn.StartAsync(ReviewsStandIn.Make(1, 5));
        await using var shop = await StartAsync(reviews, "--marketplace-fresh-for", "00:10:00");

        await shop.GetAsync("/books/1");
        await shop.GetAsync("/books/1");

        Assert.Equal(1, reviews.ListCalls);
    }

    [Fact]
    public void BookMarkup_hostile_title_stays_inside_its_block()
    {
        var book = Library.Make(Contracts.Inventory.V1.BookCategory.Mystery, $"</script>{Hostile}<!--", Hostile, 1911);

        var block = BookMarkup.Write(book, new Contracts.Reviews.V1.Rating { Count = 1, AverageHundredths = 500 });

        Assert.DoesNotContain('<', block);
        Assert.DoesNotContain('&', block);
    }

    private static List<string> TitlesOf(string page) =>
        [.. Html.Parse(page).Descendants("h3").Where(part => (string?)part.Attribute("class") == "review-title").Select(part => part.Value)];

    private static Task<Shop> StartAsync(ReviewsStandIn reviews, params string[] settings) =>
        Shop.StartAsync(null, ["--reviews-host", reviews.Host, "--marketplace-reviews-deadline", "00:00:10", .. settings]);
}
