using BooksForYou.ServiceKit.Storage;
using BooksForYou.ServiceKit.Testing;

namespace BooksForYou.Reviews.Tests;

public sealed class PurchaseTests
{
    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task WriteReview_of_a_bought_book_is_a_verified_purchase(DatabaseDialect engine)
    {
        await using var running = await RunningReviews.StartAsync(engine);
        var (buyer, other) = (RunningReviews.NewReader(), RunningReviews.NewReader());
        running.Transactions.Sell(buyer, 1);

        Assert.True((await running.WriteAsync(buyer)).VerifiedPurchase);
        Assert.False((await running.WriteAsync(other)).VerifiedPurchase);
        Assert.False((await running.WriteAsync(buyer, bookId: 2)).VerifiedPurchase);
        running.Transactions.Sell(other, 1);
        Assert.True((await running.WriteAsync(other, text: "Bought it at last.")).VerifiedPurchase);
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task WriteReview_transactions_away_writes_and_verifies_when_it_is_back(DatabaseDialect engine)
    {
        await using var running = await RunningReviews.StartAsync(engine, replicas: 2, "--reviews-purchase-timeout", "00:00:00.3");
        var (buyer, other) = (RunningReviews.NewReader(), RunningReviews.NewReader());
        running.Transactions.Sell(buyer, 1);
        running.Transactions.Sell(buyer, 2);
        running.Transactions.IsAway = true;

        foreach (var (reader, bookId) in ((string, int)[])[(buyer, 1), (buyer, 2), (buyer, 3), (other, 1)])
        {
            Assert.False((await running.WriteAsync(reader, bookId)).VerifiedPurchase);
        }

        running.Transactions.IsAway = false;
        await RunningReviews.UntilAsync(async () => await running.ScalarAsync<long>("SELECT count(*) FROM review WHERE purchase_ask_at IS NOT NULL") == 0);

        Assert.True((await running.MineAsync(buyer, 1))!.VerifiedPurchase);
        Assert.True((await running.MineAsync(buyer, 2))!.VerifiedPurchase);
        Assert.False((await running.MineAsync(buyer, 3))!.VerifiedPurchase);
        Assert.False((await running.MineAsync(other))!.VerifiedPurchase);
    }

    [Fact]
    public async Task WriteReview_transactions_away_later_stays_verified()
    {
        await using var running = await RunningReviews.StartAsync(DatabaseDialect.Sqlite, 1, "--reviews-purchase-timeout", "00:00:00.3");
        var buyer = RunningReviews.NewReader();
        running.Transactions.Sell(buyer, 1);
        await RunningReviews.UntilAsync(async () => (await running.WriteAsync(buyer)).VerifiedPurchase);
        running.Transactions.IsAway = true;

        Assert.True((await running.WriteAsync(buyer, text: "Still mine.")).VerifiedPurchase);
        Assert.Equal(0, await running.ScalarAsync<long>("SELECT count(*) FROM review WHERE purchase_ask_at IS NOT NULL"));
    }

    [Fact]
    public async Task WriteReview_transactions_hung_is_written_within_the_timeout()
    {
        await using var running = await RunningReviews.StartAsync(DatabaseDialect.Sqlite, 1, "--reviews-purchase-timeout", "00:00:00.2");
        running.Transactions.Hangs = true;

        // Far less than without the timeout, which is for ever.
        var review = await running.Client.WriteReviewAsync(
            new Contracts.Reviews.V1.WriteReviewRequest { BookId = 1, Stars = 5 },
            running.As(RunningReviews.NewReader()),
            DateTime.UtcNow.AddSeconds(10),
            TestContext.Current.CancellationToken);

        Assert.False(review.Review.VerifiedPurchase);
    }
}
