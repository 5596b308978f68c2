using BooksForYou.Contracts.Reviews.V1;
using BooksForYou.ServiceKit.Storage;
using BooksForYou.ServiceKit.Testing;
using Grpc.Core;
using Microsoft.Extensions.Options;
using State = BooksForYou.Contracts.Reviews.V1.ReviewState;

namespace BooksForYou.Reviews.Tests;

public sealed class ModerationTests
{
    private const string Rude = "What a load of bullshit.";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("bullshit", true)]
    [InlineData("BULLSHIT!", true)]
    [InlineData("Bùllshït", true)]
    [InlineData("a,bullshit;b", true)]
    [InlineData("bullshitters", false)]
    [InlineData("Scunthorpe, Penistone, Moby Dick and The Idiot", false)]
    [InlineData("zounds", true)]
    [InlineData("zoundsbodikins", false)]
    [InlineData("not a word", false)]
    [InlineData("", false)]
    public async Task Finds_whole_words_however_they_are_written(string text, bool isFound)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, "# not a word\nZounds # an old one\n\n", Token);
            var filter = new WordFilter(Options.Create(new ReviewsOptions { WordFile = file }));

            Assert.Equal(isFound, filter.Finds("", text));
            Assert.Equal(isFound, filter.Finds(text, ""));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task WriteReview_with_a_word_of_the_filter_is_held_until_an_admin_shows_it(DatabaseDialect engine)
    {
        await using var running = await RunningReviews.StartAsync(engine);
        var reader = RunningReviews.NewReader();

        var held = await running.WriteAsync(reader, stars: 1, text: Rude);
        Assert.Equal(State.Held, held.State);
        Assert.Empty((await running.ListAsync()).Reviews);
        Assert.Empty(await running.RatingsAsync(1));
        Assert.Equal(State.Held, (await running.MineAsync(reader))!.State);
        Assert.Equal(State.Held, (await running.WriteAsync(reader, stars: 1, text: "I did not like it.")).State);
        var queued = Assert.Single((await running.QueueAsync()).Reviews);
        Assert.Equal((held.ReviewId, 0), (queued.Review.ReviewId, queued.Reports));

        Assert.Equal(State.Visible, (await running.ModerateAsync(held.ReviewId, State.Visible)).State);
        Assert.Empty((await running.QueueAsync()).Reviews);
        Assert.Single((await running.ListAsync()).Reviews);
        Assert.Equal(1, Assert.Single(await running.RatingsAsync(1)).Count);

        Assert.Equal(State.Held, (await running.WriteAsync(reader, stars: 1, text: Rude)).State);
        Assert.Empty(await running.RatingsAsync(1));
        await running.AssertKeptIsCountedAsync();
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Hidden_review_does_not_come_back_by_an_edit_or_by_writing_it_anew(DatabaseDialect engine)
    {
        await using var running = await RunningReviews.StartAsync(engine);
        var reader = RunningReviews.NewReader();
        var review = await running.WriteAsync(reader);
        await running.ModerateAsync(review.ReviewId, State.Hidden);

        Assert.Equal(State.Hidden, (await running.WriteAsync(reader, stars: 3, text: "Better now?")).State);
        Assert.Empty(await running.RatingsAsync(1));
        await running.DeleteAsync(reader);
        var anew = await running.WriteAsync(reader, stars: 3);

        Assert.Equal(State.Held, anew.State);
        Assert.Equal(anew.ReviewId, Assert.Single((await running.QueueAsync()).Reviews).Review.ReviewId);
        await running.ModerateAsync(anew.ReviewId, State.Visible);
        Assert.Equal(State.Visible, (await running.WriteAsync(reader, stars: 4)).State);
        await running.AssertKeptIsCountedAsync();
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task ReportReview_counts_each_person_once_and_shows_the_newest_reasons(DatabaseDialect engine)
    {
        await using var running = await RunningReviews.StartAsync(engine);
        var (one, other) = (await running.WriteAsync(RunningReviews.NewReader()), await running.WriteAsync(RunningReviews.NewReader()));
        var customer = RunningReviews.NewReader();
        var visitors = Enumerable.Range(0, 6).Select(_ => Guid.NewGuid().ToString("N")).ToList();

        await running.ReportAsync(running.As(customer), other.ReviewId, "first");
        running.Time.Advance(TimeSpan.FromMinutes(1));
        foreach (var (index, visitor) in visitors.Index())
        {
            running.Time.Advance(TimeSpan.FromMinutes(1));
            await running.ReportAsync(running.AsVisitor(visitor), one.ReviewId, $"reason {index}");
            await running.ReportAsync(running.AsVisitor(visitor), one.ReviewId, "again");
        }

        var queue = (await running.QueueAsync()).Reviews;
        Assert.Equal([other.ReviewId, one.ReviewId], queue.Select(queued => queued.Review.ReviewId));
        Assert.Equal([1, 6], queue.Select(queued => queued.Reports));
        Assert.Equal(["reason 5", "reason 4", "reason 3", "reason 2", "reason 1"], queue[1].Reasons);
        Assert.Equal(2, (await running.ListAsync()).Reviews.Count);

        // Looked at: the same people may report what is written later, and not the same again.
        await running.ModerateAsync(one.ReviewId, State.Visible);
        await running.ReportAsync(running.AsVisitor(visitors[0]), one.ReviewId);
        Assert.Equal(other.ReviewId, Assert.Single((await running.QueueAsync()).Reviews).Review.ReviewId);
        await running.AssertKeptIsCountedAsync();
    }

    [Fact]
    public async Task ReportReview_edited_review_may_be_reported_by_the_same_person()
    {
        await using var running = await RunningReviews.StartAsync(DatabaseDialect.Sqlite);
        var (writer, reporter) = (RunningReviews.NewReader(), RunningReviews.NewReader());
        var review = await running.WriteAsync(writer);
        await running.ReportAsync(running.As(reporter), review.ReviewId);
        await running.ModerateAsync(review.ReviewId, State.Visible);

        await running.WriteAsync(writer, text: "Worse.");
        await running.ReportAsync(running.As(reporter), review.ReviewId);

        Assert.Equal(1, Assert.Single((await running.QueueAsync()).Reviews).Reports);
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task ListReviewQueue_pages_the_longest_waiting_first(DatabaseDialect engine)
    {
        await using var running = await RunningReviews.StartAsync(engine);
        var waiting = new List<string>();
        for (var index = 0; index < 7; index++)
        {
            waiting.Add((await running.WriteAsync(RunningReviews.NewReader(), text: Rude)).ReviewId);
        }

        var seen = new List<string>();
        var token = "";
        do
        {
            var page = await running.QueueAsync(size: 3, token: token);
            seen.AddRange(page.Reviews.Select(queued => queued.Review.ReviewId));
            token = page.NextPageToken;
            await running.ModerateAsync(page.Reviews[^1].Review.ReviewId, State.Hidden);
        }
        while (token.Length > 0);

        Assert.Equal(waiting, seen);
    }

    [Fact]
    public async Task Moderation_and_reports_refuse_what_cannot_be()
    {
        await using var running = await RunningReviews.StartAsync(DatabaseDialect.Sqlite);
        var review = await running.WriteAsync(RunningReviews.NewReader());
        var headers = running.As(RunningReviews.NewReader());

        foreach (var reason in (string[])["", " \r\n", new string('r', 501), "nul\0"])
        {
            await StatusAssert.FailsForFieldsAsync(["reason"], running.Client.ReportReviewAsync(
                new ReportReviewRequest { ReviewId = review.ReviewId, Reason = reason }, headers, cancellationToken: Token));
        }

        await StatusAssert.FailsAsync(StatusCode.NotFound, running.Client.ReportReviewAsync(
            new ReportReviewRequest { ReviewId = new string('A', 22), Reason = "?" }, headers, cancellationToken: Token));
        await StatusAssert.FailsAsync(StatusCode.NotFound, running.Client.ModerateReviewAsync(
            new ModerateReviewRequest { ReviewId = new string('A', 22), State = State.Hidden }, running.AsAdmin(), cancellationToken: Token));
        foreach (var state in (State[])[State.Unspecified, State.Held, (State)9])
        {
            await StatusAssert.FailsForFieldsAsync(["state"], running.Client.ModerateReviewAsync(
                new ModerateReviewRequest { ReviewId = review.ReviewId, State = state }, running.AsAdmin(), cancellationToken: Token));
        }
    }
}
