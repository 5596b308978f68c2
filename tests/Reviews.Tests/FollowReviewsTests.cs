using BooksForYou.Contracts.Reviews.V1;
using BooksForYou.Reviews.Feed;
using BooksForYou.ServiceKit.Storage;
using BooksForYou.ServiceKit.Testing;
using Dapper;
using Grpc.Core;
using Npgsql;
using State = BooksForYou.Contracts.Reviews.V1.ReviewState;

namespace BooksForYou.Reviews.Tests;

public sealed class FollowReviewsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task FollowReviews_sends_every_change_of_a_rating_in_order(DatabaseDialect engine)
    {
        await using var running = await RunningReviews.StartAsync(engine, replicas: 2);
        using var call = Follow(running, "");
        var start = await NextAsync(call);
        Assert.Equal((0, "", true), (start.BookId, start.ReviewId, start.CaughtUp));
        var (one, two) = (RunningReviews.NewReader(), RunningReviews.NewReader());

        var first = (await running.WriteAsync(one, bookId: 7, stars: 4, replica: 1)).ReviewId;
        Assert.Equal((7, first, 4), await ChangeAsync(call));
        await running.WriteAsync(one, bookId: 7, stars: 4, text: "More words, the same stars.", replica: 1);
        var second = (await running.WriteAsync(two, bookId: 8, stars: 1, text: "Oh shit.", replica: 1)).ReviewId;
        await running.ModerateAsync(second, State.Visible, replica: 1);
        Assert.Equal((8, second, 1), await ChangeAsync(call));
        await running.WriteAsync(one, bookId: 7, stars: 2, replica: 1);
        Assert.Equal((7, first, 2), await ChangeAsync(call));
        await running.ModerateAsync(second, State.Hidden, replica: 1);
        Assert.Equal((8, second, 0), await ChangeAsync(call));
        await running.DeleteAsync(one, bookId: 7, replica: 1);
        Assert.Equal((7, first, 0), await ChangeAsync(call));

        // From the beginning there is each review once, as it is now.
        using var again = Follow(running, "");
        Assert.Equal((8, second, 0), await ChangeAsync(again));
        Assert.Equal((7, first, 0), await ChangeAsync(again));
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task FollowReviews_follower_under_load_ends_with_what_there_is(DatabaseDialect engine)
    {
        await using var running = await RunningReviews.StartAsync(engine, replicas: 2);
        using var call = Follow(running, "");
        var readers = Enumerable.Range(0, 12).Select(_ => RunningReviews.NewReader()).ToList();
        var stars = new Dictionary<string, int>();

        var writing = Task.WhenAll(readers.Select(async (reader, index) =>
        {
            for (var edit = 0; edit < 10; edit++)
            {
                await running.WriteAsync(reader, 1 + (index % 2), 1 + ((index + edit) % 5), replica: edit % 2);
            }

            return await running.MineAsync(reader, 1 + (index % 2));
        }));
        while (!writing.IsCompletedSuccessfully
            || (await writing).Any(review => stars.GetValueOrDefault(review!.ReviewId) != review.Stars))
        {
            Assert.False(writing.IsFaulted, writing.Exception?.ToString());
            var change = await NextAsync(call);
            stars[change.ReviewId] = change.Stars;
        }

        stars.Remove("");
        Assert.Equal(readers.Count, stars.Count);
    }

    [Fact]
    public async Task Read_transactions_that_commit_out_of_sequence_are_not_skipped()
    {
        Assert.SkipWhen(PostgresServer.SkipReason is not null, PostgresServer.SkipReason ?? "");
        await using var test = await TestDatabase.CreateAsync(DatabaseDialect.PostgreSql, typeof(ReviewsModule).Assembly);
        var changes = new ReviewChangeStore(test.Database);
        const string Insert = "INSERT INTO review_change (review_id, book_id, stars) VALUES (@id, 1, 5)";
        await using var slow = new NpgsqlConnection(test.ConnectionString);
        await slow.OpenAsync(Token);
        await using var transaction = await slow.BeginTransactionAsync(Token);

        // The first writer takes its number and its transaction first, and commits last.
        await slow.ExecuteAsync(Insert, new { id = "early" }, transaction);
        await test.Database.TransactionAsync((connection, _) => connection.ExecuteAsync(Insert, new { id = "late" }), Token);
        var meanwhile = await changes.ReadAsync(default, 100, Token);
        await transaction.CommitAsync(Token);
        ReviewChangePage afterwards = new([], false);
        await RunningReviews.UntilAsync(async () => (afterwards = await changes.ReadAsync(default, 100, Token)).IsLast);

        Assert.Empty(meanwhile.Changes);
        Assert.False(meanwhile.IsLast);
        Assert.Equal(["early", "late"], afterwards.Changes.Select(change => change.ReviewId));
        var beyond = await changes.ReadAsync(new FeedPosition(ulong.MaxValue / 2, 5), 100, Token);
        Assert.Equal(2, beyond.Changes.Count);
    }

    [Theory]
    [InlineData("?")]
    [InlineData("AAAA")]
    [InlineData("MS4xLi0x")]
    public async Task FollowReviews_cursor_that_is_none_is_invalid(string cursor)
    {
        await using var running = await RunningReviews.StartAsync(DatabaseDialect.Sqlite);
        using var call = Follow(running, cursor);

        Assert.Equal(StatusCode.InvalidArgument, (await Assert.ThrowsAsync<RpcException>(() => NextAsync(call))).StatusCode);
    }

    private static AsyncServerStreamingCall<FollowReviewsResponse> Follow(RunningReviews running, string cursor) =>
        running.Client.FollowReviews(new FollowReviewsRequest { Cursor = cursor }, running.AsService(), cancellationToken: Token);

    private static async Task<(int BookId, string ReviewId, int Stars)> ChangeAsync(AsyncServerStreamingCall<FollowReviewsResponse> call)
    {
        FollowReviewsResponse message;
        do
        {
            message = await NextAsync(call);
        }
        while (message.BookId == 0);
        return (message.BookId, message.ReviewId, message.Stars);
    }

    private static async Task<FollowReviewsResponse> NextAsync(AsyncServerStreamingCall<FollowReviewsResponse> call)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(TimeSpan.FromMinutes(1));
        Assert.True(await call.ResponseStream.MoveNext(limit.Token));
        return call.ResponseStream.Current;
    }
}
