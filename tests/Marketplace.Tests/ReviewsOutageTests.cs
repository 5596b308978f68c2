using System.Net;

namespace BooksForYou.Marketplace.Tests;

/// <summary>Reviews is down, hung, slow, or back again: the pages of books stay what they are, within their usual time. These tests measure time.</summary>
[Collection(nameof(OutageTests))]
public sealed class ReviewsOutageTests
{
    // The deadline for reviews, and a busy machine.
    private static readonly TimeSpan Usual = TimeSpan.FromMilliseconds(800 + 700);
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(700);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("down")]
    [InlineData("hung")]
    [InlineData("slow")]
    public async Task Pages_of_books_while_reviews_are_away_are_there_in_their_usual_time(string trouble)
    {
        await using var reviews = await ReviewsStandIn.StartAsync(ReviewsStandIn.Make(1, 5, "Seen before."));
        await using var shop = await Shop.StartImpatientAsync(null, "--reviews-host", reviews.Host, "--marketplace-fresh-for", "00:00:00.100");
        await ReadAsync(shop, "/books/1", page => page.Contains("Seen before.", StringComparison.Ordinal));
        await shop.GetAsync("/search?q=solaris");
        await BreakAsync(reviews, trouble);

        foreach (var limit in new[] { Usual, Usual, Soon, Soon })
        {
            var (page, took) = await shop.TimeAsync("/books/2");
            Assert.True(took < limit, $"The page took {took.TotalMilliseconds:0} ms.");
            Assert.Contains("Murder on the Orient Express", page, StringComparison.Ordinal);
            Assert.Contains("Add to basket", page, StringComparison.Ordinal);
            Assert.Contains("Our reviews are away for a moment. The book is here all the same.", page, StringComparison.Ordinal);
        }

        foreach (var path in new[] { "/", "/categories/mystery", "/search?q=rebecca", "/books/1" })
        {
            var (page, took) = await shop.TimeAsync(path);
            Assert.True(took < Soon, $"{path} took {took.TotalMilliseconds:0} ms.");
            Assert.DoesNotContain("One moment, please", page, StringComparison.Ordinal);
        }

        Assert.Contains("These are from a little earlier.", await shop.GetAsync("/books/1"), StringComparison.Ordinal);
        await MendAsync(reviews, trouble);
        await ReadAsync(shop, "/books/2", page => page.Contains("Nobody has reviewed this book yet.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Form_for_a_review_needs_somebody_who_is_signed_in_whatever_reviews_do()
    {
        await using var reviews = await ReviewsStandIn.StartAsync();
        await using var shop = await Shop.StartImpatientAsync(null, "--reviews-host", reviews.Host);
        await reviews.StopServerAsync();

        using var response = await shop.SendAsync("/books/1/review");

        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        Assert.Equal("/sign-in?next=%2Fbooks%2F1%2Freview", response.Headers.Location?.OriginalString);
    }

    private static async Task ReadAsync(Shop shop, string path, Func<string, bool> isThere)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        while (!isThere(await shop.GetAsync(path)))
        {
            limit.Token.ThrowIfCancellationRequested();
        }
    }

    private static Task BreakAsync(ReviewsStandIn reviews, string trouble)
    {
        switch (trouble)
        {
            case "down":
                return reviews.StopServerAsync();
            case "hung":
                reviews.Hold();
                return Task.CompletedTask;
            default:
                reviews.Lateness = TimeSpan.FromSeconds(1);
                return Task.CompletedTask;
        }
    }

    private static Task MendAsync(ReviewsStandIn reviews, string trouble)
    {
        reviews.Lateness = TimeSpan.Zero;
        reviews.Release();
        return trouble == "down" ? reviews.StartServerAsync() : Task.CompletedTask;
    }
}
