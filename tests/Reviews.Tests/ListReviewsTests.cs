using BooksForYou.Contracts.Reviews.V1;
using BooksForYou.ServiceKit.Storage;
using BooksForYou.ServiceKit.Testing;
using State = BooksForYou.Contracts.Reviews.V1.ReviewState;

namespace BooksForYou.Reviews.Tests;

public sealed class ListReviewsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task ListReviews_pages_while_others_write_have_each_review_once(DatabaseDialect engine)
    {
        await using var running = await RunningReviews.StartAsync(engine);
        var before = new List<string>();
        for (var index = 0; index < 23; index++)
        {
            before.Add((await running.WriteAsync(RunningReviews.NewReader(), text: $"{index}")).ReviewId);
        }

        foreach (var order in (ReviewOrder[])[ReviewOrder.Newest, ReviewOrder.MostHelpful])
        {
            var seen = new List<string>();
            var token = "";
            do
            {
                // On another page's account: new ones in front, and one of those that were seen goes.
                await running.WriteAsync(RunningReviews.NewReader(), text: "in between");
                var page = await running.ListAsync(order: order, size: 5, token: token);
                seen.AddRange(page.Reviews.Select(review => review.ReviewId));
                token = page.NextPageToken;
            }
            while (token.Length > 0);

            Assert.Equal(seen.Distinct(), seen);
            Assert.Equal(Enumerable.Reverse(before), seen.Where(before.Contains));
        }
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task ListReviews_most_helpful_first_and_of_equals_the_newest(DatabaseDialect engine)
    {
        await using var running = await RunningReviews.StartAsync(engine);
        var voters = Enumerable.Range(0, 3).Select(_ => RunningReviews.NewReader()).ToList();
        var ids = new List<string>();
        foreach (var votes in (int[])[1, 3, 0, 1, 2])
        {
            var review = await running.WriteAsync(RunningReviews.NewReader());
            ids.Add(review.ReviewId);
            foreach (var voter in voters.Take(votes))
            {
                await running.VoteAsync(voter, review.ReviewId);
            }
        }

        var first = await running.ListAsync(order: ReviewOrder.MostHelpful, size: 3);
        var second = await running.ListAsync(order: ReviewOrder.MostHelpful, size: 3, token: first.NextPageToken);

        Assert.Equal([ids[1], ids[4], ids[3]], first.Reviews.Select(review => review.ReviewId));
        Assert.Equal([3, 2, 1], first.Reviews.Select(review => review.HelpfulVotes));
        Assert.Equal([ids[0], ids[2]], second.Reviews.Select(review => review.ReviewId));
        Assert.Equal("", second.NextPageToken);
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task ListMyReviews_has_all_of_the_caller_in_every_state(DatabaseDialect engine)
    {
        await using var running = await RunningReviews.StartAsync(engine);
        var reader = RunningReviews.NewReader();
        for (var bookId = 1; bookId <= 5; bookId++)
        {
            await running.WriteAsync(reader, bookId);
        }

        await running.ModerateAsync((await running.MineAsync(reader, 4))!.ReviewId, State.Hidden);

        var first = await MineAsync("");
        var second = await MineAsync(first.NextPageToken);

        Assert.Equal([5, 4, 3], first.Reviews.Select(review => review.BookId));
        Assert.Equal([State.Visible, State.Hidden, State.Visible], first.Reviews.Select(review => review.State));
        Assert.Equal([2, 1], second.Reviews.Select(review => review.BookId));
        Assert.Equal("", second.NextPageToken);

        async Task<ListMyReviewsResponse> MineAsync(string token) => await running.Client.ListMyReviewsAsync(
            new ListMyReviewsRequest { PageSize = 3, PageToken = token }, running.As(reader), cancellationToken: Token);
    }

    [Fact]
    public async Task Lists_refuse_tokens_that_are_none_and_negative_sizes()
    {
        await using var running = await RunningReviews.StartAsync(DatabaseDialect.Sqlite);
        await running.WriteAsync(RunningReviews.NewReader());
        await running.WriteAsync(RunningReviews.NewReader());
        var newest = (await running.ListAsync(size: 1)).NextPageToken;
        Assert.NotEqual("", newest);

        foreach (var token in (string[])["?", "AAAA", "bmV3ZXN0LjAueA", new string('A', 200), newest])
        {
            var request = new ListReviewsRequest { BookId = 1, Order = ReviewOrder.MostHelpful, PageToken = token };
            await StatusAssert.FailsForFieldsAsync(["page_token"], running.Client.ListReviewsAsync(request, cancellationToken: Token));
            var queue = new ListReviewQueueRequest { PageToken = token };
            await StatusAssert.FailsForFieldsAsync(["page_token"], running.Client.ListReviewQueueAsync(queue, running.AsAdmin(), cancellationToken: Token));
        }

        await StatusAssert.FailsForFieldsAsync(
            ["page_size"], running.Client.ListReviewsAsync(new ListReviewsRequest { BookId = 1, PageSize = -1 }, cancellationToken: Token));
        await StatusAssert.FailsForFieldsAsync(
            ["order"], running.Client.ListReviewsAsync(new ListReviewsRequest { BookId = 1, Order = (ReviewOrder)9 }, cancellationToken: Token));
    }

    [Fact]
    public async Task ListReviews_page_sizes_are_10_by_default_and_100_at_most()
    {
        await using var running = await RunningReviews.StartAsync(DatabaseDialect.Sqlite);
        for (var index = 0; index < 101; index++)
        {
            await running.WriteAsync(RunningReviews.NewReader());
        }

        Assert.Equal(10, (await running.ListAsync()).Reviews.Count);
        Assert.Equal(100, (await running.ListAsync(size: 1000)).Reviews.Count);
    }
}
