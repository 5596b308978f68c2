using BooksForYou.Contracts.Reviews.V1;
using BooksForYou.ServiceKit.Storage;
using BooksForYou.ServiceKit.Testing;
using Grpc.Core;
using State = BooksForYou.Contracts.Reviews.V1.ReviewState;

namespace BooksForYou.Reviews.Tests;

public sealed class RatingTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task BatchGetRatings_counts_visible_reviews_of_all_books_asked_for(DatabaseDialect engine)
    {
        await using var running = await RunningReviews.StartAsync(engine);
        foreach (var stars in (int[])[5, 5, 4, 3, 1])
        {
            await running.WriteAsync(RunningReviews.NewReader(), bookId: 7, stars: stars);
        }

        var hidden = await running.WriteAsync(RunningReviews.NewReader(), bookId: 7, stars: 1);
        await running.ModerateAsync(hidden.ReviewId, State.Hidden);
        await running.WriteAsync(RunningReviews.NewReader(), bookId: 8, stars: 2);
        var gone = RunningReviews.NewReader();
        await running.WriteAsync(gone, bookId: 9);
        await running.DeleteAsync(gone, bookId: 9);

        Assert.Equal(
        [
            new Contracts.Reviews.V1.Rating { BookId = 7, Count = 5, AverageHundredths = 360, Histogram = { 1, 0, 1, 1, 2 } },
            new Contracts.Reviews.V1.Rating { BookId = 8, Count = 1, AverageHundredths = 200, Histogram = { 0, 1, 0, 0, 0 } },
        ], await running.RatingsAsync(9, 8, 7, 7, 10));
        Assert.Empty(await running.RatingsAsync());
    }

    [Theory]
    [InlineData(1, 5, 500)]
    [InlineData(3, 13, 433)]
    [InlineData(3, 14, 467)]
    [InlineData(8, 33, 413)]
    [InlineData(200, 601, 301)]
    [InlineData(0, 0, 0)]
    public void AverageHundredths_is_rounded_half_up(int count, long sum, int average) =>
        Assert.Equal(average, new Rating(1, count, sum, []).AverageHundredths);

    [Fact]
    public async Task BatchGetRatings_more_than_100_books_or_no_number_is_invalid()
    {
        await using var running = await RunningReviews.StartAsync(DatabaseDialect.Sqlite);

        await StatusAssert.FailsForFieldsAsync(["book_ids"], running.Client.BatchGetRatingsAsync(
            new BatchGetRatingsRequest { BookIds = { Enumerable.Range(1, 101) } }, cancellationToken: Token));
        await StatusAssert.FailsForFieldsAsync(["book_ids[1]"], running.Client.BatchGetRatingsAsync(
            new BatchGetRatingsRequest { BookIds = { 1, 0 } }, cancellationToken: Token));
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Everything_at_once_keeps_what_a_recount_gives(DatabaseDialect engine)
    {
        const int Readers = 16;
        const int Books = 3;
        const int Steps = 25;
        await using var running = await RunningReviews.StartAsync(engine, replicas: 2);
        var readers = Enumerable.Range(0, Readers).Select(_ => RunningReviews.NewReader()).ToList();

        await Task.WhenAll(readers.Select((reader, index) => Task.Run(async () =>
        {
            var random = new Random(index);
            for (var step = 0; step < Steps; step++)
            {
                await StepAsync(running, reader, random.Next(1, Books + 1), random);
            }
        })));

        await running.AssertKeptIsCountedAsync();
        Assert.Equal(0, await running.ScalarAsync<long>("SELECT count(*) FROM (SELECT 1 FROM review GROUP BY book_id, reader_id HAVING count(*) > 1) AS twice"));
        Assert.NotEmpty(await running.RatingsAsync(1, 2, 3));
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task WriteReview_of_one_reader_from_many_tabs_is_one_review(DatabaseDialect engine)
    {
        await using var running = await RunningReviews.StartAsync(engine, replicas: 2);
        var reader = RunningReviews.NewReader();

        var written = await Task.WhenAll(Enumerable.Range(0, 20).Select(
            tab => running.WriteAsync(reader, stars: 1 + (tab % 5), text: $"tab {tab}", replica: tab % 2)));

        Assert.Single(written.Select(review => review.ReviewId).Distinct());
        Assert.Equal(1, Assert.Single(await running.RatingsAsync(1)).Count);
        await running.AssertKeptIsCountedAsync();
    }

    private static async Task StepAsync(RunningReviews running, string reader, int bookId, Random random)
    {
        var replica = random.Next(2);
        var reviews = (await running.ListAsync(bookId)).Reviews;
        var other = reviews.Count > 0 ? reviews[random.Next(reviews.Count)].ReviewId : null;
        try
        {
            await (random.Next(10) switch
            {
                < 5 => running.WriteAsync(reader, bookId, random.Next(1, 6), text: $"{random.Next()}", replica: replica),
                5 => running.DeleteAsync(reader, bookId, replica),
                6 when other is not null => running.ModerateAsync(other, random.Next(2) == 0 ? State.Hidden : State.Visible, replica),
                7 when other is not null => running.ReportAsync(running.As(reader), other),
                _ when other is not null => running.VoteAsync(reader, other, random.Next(3) > 0, replica),
                _ => Task.CompletedTask,
            });
        }
        catch (RpcException exception) when (exception.StatusCode is StatusCode.NotFound or StatusCode.FailedPrecondition)
        {
            // Somebody else has just deleted or hidden it, or it was the reader's own.
        }
    }
}
