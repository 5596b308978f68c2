using System.Data.Common;
using BooksForYou.ServiceKit.Forgetting;
using BooksForYou.ServiceKit.Storage;
using BooksForYou.ServiceKit.Testing;

namespace BooksForYou.Reviews.Tests;

public sealed class ForgettingTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Deleted_account_leaves_reviews_votes_and_reports_that_are_nobodys(DatabaseDialect engine)
    {
        await using var running = await RunningReviews.StartAsync(engine, replicas: 2);
        var (leaving, staying) = (RunningReviews.NewReader(), RunningReviews.NewReader());
        var review = await running.WriteAsync(leaving, stars: 4, title: "Good", text: "I liked it.", name: "Ada Lovelace");
        await running.WriteAsync(leaving, bookId: 2, name: "Ada Lovelace");
        var other = await running.WriteAsync(staying, stars: 1, name: "Grace");
        await running.VoteAsync(staying, review.ReviewId);
        await running.VoteAsync(leaving, other.ReviewId);
        await running.ReportAsync(running.As(leaving), other.ReviewId);

        running.Accounts.Delete(leaving);
        await UntilForgottenAsync(running, leaving);

        var reviews = (await running.ListAsync()).Reviews;
        Assert.Equal([("Grace", 1, 1), ("", 4, 1)], reviews.Select(one => (one.ReaderName, one.Stars, one.HelpfulVotes)));
        Assert.Equal("I liked it.", reviews[1].Text);
        Assert.Equal([2, 1], (await running.RatingsAsync(1, 2)).Select(rating => rating.Count));
        Assert.Equal(1, Assert.Single((await running.QueueAsync()).Reviews).Reports);
        Assert.Equal(2, await running.ScalarAsync<long>("SELECT count(DISTINCT reader_id) FROM review WHERE reader_id LIKE 'nobody:%'"));
        await running.AssertKeptIsCountedAsync();
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Written_with_the_last_token_is_forgotten_later(DatabaseDialect engine)
    {
        await using var running = await RunningReviews.StartAsync(engine);
        var leaving = RunningReviews.NewReader();
        await running.WriteAsync(leaving, name: "Ada Lovelace");
        running.Accounts.Delete(leaving);
        await UntilForgottenAsync(running, leaving);
        var deletions = running.GetOfReviews<DeletionStore>();

        await running.WriteAsync(leaving, bookId: 2, name: "Ada Lovelace");
        running.Time.Advance(TimeSpan.FromMinutes(2));
        await deletions.LookAgainAsync(Token);
        Assert.Equal(0, await CountTracesAsync(running, leaving));
        Assert.True(await IsLookedAfterAsync());

        await running.WriteAsync(leaving, bookId: 3, name: "Ada Lovelace");
        running.Time.Advance(TimeSpan.FromMinutes(15));
        await deletions.LookAgainAsync(Token);
        Assert.Equal(0, await CountTracesAsync(running, leaving));
        Assert.False(await IsLookedAfterAsync());

        async Task<bool> IsLookedAfterAsync() =>
            await running.ScalarAsync<long>("SELECT count(*) FROM deleted_account WHERE account_id = @leaving", new { leaving }) == 1;
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Killed_between_forgetting_and_the_cursor_is_taken_in_again(DatabaseDialect engine)
    {
        await using var test = await TestDatabase.CreateAsync(engine, typeof(ReviewsModule).Assembly);
        var forgetting = new DyingForgetting(new ReaderForgetting(test.Database));
        var store = new DeletionStore(test.Database, forgetting, TimeProvider.System);
        var reviews = new ReviewStore(test.Database, new ReviewSignal(), TimeProvider.System);
        await reviews.WriteAsync(new ReviewDraft(1, "account:gone", "Ada", 5, "", "", IsFiltered: false, IsVerified: null), Token);

        await Assert.ThrowsAsync<IOException>(() => store.TakeAsync("", ["account:gone"], "1", Token));
        Assert.Equal("", await store.ReadCursorAsync(Token));
        Assert.NotNull(await new ReviewList(test.Database).FindAsync(1, "account:gone", Token));

        forgetting.Dies = false;
        Assert.True(await store.TakeAsync("", ["account:gone"], "1", Token));
        Assert.False(await store.TakeAsync("", ["account:gone"], "1", Token));
        Assert.True(await store.TakeAsync("1", ["account:gone"], "2", Token));
        Assert.Equal("2", await store.ReadCursorAsync(Token));
        Assert.Null(await new ReviewList(test.Database).FindAsync(1, "account:gone", Token));
        var left = Assert.Single((await new ReviewList(test.Database).NewestAsync(1, 10, "", Token)).Items);
        Assert.Equal("", left.ReaderName);
    }

    private static Task UntilForgottenAsync(RunningReviews running, string reader) =>
        RunningReviews.UntilAsync(async () => await CountTracesAsync(running, reader) == 0);

    private static Task<long> CountTracesAsync(RunningReviews running, string reader) => running.ScalarAsync<long>(
        """
        SELECT (SELECT count(*) FROM review WHERE reader_id = @reader)
            + (SELECT count(*) FROM helpful_vote WHERE reader_id = @reader)
            + (SELECT count(*) FROM report WHERE reporter_id = @reader)
        """,
        new { reader });

    // Forgets, and dies before that is committed.
    private sealed class DyingForgetting(IForgetAccounts forgetting) : IForgetAccounts
    {
        public bool Dies { get; set; } = true;

        public async Task<bool> ForgetAsync(DbConnection connection, string accountId, CancellationToken cancellationToken)
        {
            var isAll = await forgetting.ForgetAsync(connection, accountId, cancellationToken);
            return Dies ? throw new IOException("killed") : isAll;
        }
    }
}
