using System.Text;
using BooksForYou.Contracts.Reviews.V1;
using BooksForYou.ServiceKit.Storage;
using BooksForYou.ServiceKit.Testing;

namespace BooksForYou.Reviews.Tests;

public sealed class WriteReviewTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task WriteReview_again_edits_the_same_review(DatabaseDialect engine)
    {
        await using var running = await RunningReviews.StartAsync(engine);
        var reader = RunningReviews.NewReader();

        var written = await running.WriteAsync(reader, stars: 4, title: "Good", text: "I liked it.", name: "Ada");
        var repeated = await running.WriteAsync(reader, stars: 4, title: "Good", text: "I liked it.", name: "Ada");
        var edited = await running.WriteAsync(reader, stars: 2, title: "Not so good", text: "On second thought.", name: "Ada L.");

        Assert.Equal(("Ada", 4, "Good", "I liked it."), (written.ReaderName, written.Stars, written.Title, written.Text));
        Assert.Equal(Contracts.Reviews.V1.ReviewState.Visible, written.State);
        Assert.Equal(written, repeated);
        Assert.Equal(written.ReviewId, edited.ReviewId);
        Assert.Equal(("Ada L.", 2, "Not so good"), (edited.ReaderName, edited.Stars, edited.Title));
        Assert.Equal(written.CreateTime, edited.CreateTime);
        Assert.Null(written.EditTime);
        Assert.True(edited.EditTime >= edited.CreateTime);
        Assert.Equal(edited, await running.MineAsync(reader));
        Assert.Equal([edited], (await running.ListAsync()).Reviews);
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task DeleteReview_leaves_none_and_may_be_repeated(DatabaseDialect engine)
    {
        await using var running = await RunningReviews.StartAsync(engine);
        var (reader, other) = (RunningReviews.NewReader(), RunningReviews.NewReader());
        var review = await running.WriteAsync(reader);
        await running.WriteAsync(other, stars: 1);
        await running.VoteAsync(other, review.ReviewId);
        await running.ReportAsync(running.As(other), review.ReviewId);

        await running.DeleteAsync(reader);
        await running.DeleteAsync(reader);

        Assert.Null(await running.MineAsync(reader));
        Assert.Equal(1, Assert.Single(await running.RatingsAsync(1)).Count);
        Assert.NotNull(await running.MineAsync(other));
        await running.AssertKeptIsCountedAsync();
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task WriteReview_hostile_text_is_stored_as_it_is(DatabaseDialect engine)
    {
        await using var running = await RunningReviews.StartAsync(engine);
        var reader = RunningReviews.NewReader();
        const string Title = "<script>alert('1')</script>'; DROP TABLE review; --";
        var text = "<img src=x onerror=alert(1)>\nIt's \"great\" \u202E 🙂 {0} %s \\ &amp;\n" + string.Concat(Enumerable.Repeat("🙂", 4000));

        await running.WriteAsync(reader, title: Title, text: text);
        var stored = await running.MineAsync(reader);

        Assert.Equal((Title, text), (stored!.Title, stored.Text));
    }

    [Fact]
    public async Task WriteReview_line_breaks_of_browsers_are_line_feeds()
    {
        await using var running = await RunningReviews.StartAsync(DatabaseDialect.Sqlite);

        var review = await running.WriteAsync(RunningReviews.NewReader(), text: "one\r\ntwo\rthree\nfour");

        Assert.Equal("one\ntwo\nthree\nfour", review.Text);
    }

    [Fact]
    public async Task WriteReview_lone_surrogate_arrives_as_a_replacement_character()
    {
        await using var running = await RunningReviews.StartAsync(DatabaseDialect.Sqlite);

        var review = await running.WriteAsync(RunningReviews.NewReader(), text: "broken \uD83D end");

        Assert.Equal($"broken {Rune.ReplacementChar} end", review.Text);
    }

    [Fact]
    public async Task WriteReview_longest_and_empty_texts_are_taken()
    {
        await using var running = await RunningReviews.StartAsync(DatabaseDialect.Sqlite);
        var reader = RunningReviews.NewReader();

        var longest = await running.WriteAsync(reader, title: new string('t', 200), text: new string('x', 5000));
        var empty = await running.WriteAsync(reader, title: "", text: "");

        Assert.Equal((200, 5000), (longest.Title.Length, longest.Text.Length));
        Assert.Equal(("", ""), (empty.Title, empty.Text));
    }

    public static TheoryData<int, int, string, string, string[]> Impossible => new()
    {
        { 0, 5, "", "", ["book_id"] },
        { -7, 0, "", "", ["book_id", "stars"] },
        { 1, 6, "", "", ["stars"] },
        { 1, 5, new string('t', 201), "", ["title"] },
        { 1, 5, "two\nlines", "", ["title"] },
        { 1, 5, "", new string('x', 5001), ["text"] },
        { 1, 5, "", "nul \0", ["text"] },
        { 1, 5, "", "a tab\t", ["text"] },
        { 1, 5, "", "escape \u001b[31m", ["text"] },
        { 1, 5, "", "next line \u0085", ["text"] },
        { 1, 5, "bell\a", "\u007f", ["title", "text"] },
    };

    [Fact]
    public async Task WriteReview_impossible_requests_name_the_fields()
    {
        await using var running = await RunningReviews.StartAsync(DatabaseDialect.Sqlite);
        foreach (var (bookId, stars, title, text, fields) in Impossible.Select(row => row.Data))
        {
            var request = new WriteReviewRequest { BookId = bookId, Stars = stars, Title = title, Text = text };
            await StatusAssert.FailsForFieldsAsync(
                fields, running.Client.WriteReviewAsync(request, running.As(RunningReviews.NewReader()), cancellationToken: Token));
        }

        Assert.Equal(0, running.Transactions.Asked);
    }

    [Fact]
    public async Task Readers_reach_their_own_reviews_only()
    {
        await using var running = await RunningReviews.StartAsync(DatabaseDialect.Sqlite);
        var (owner, other) = (RunningReviews.NewReader(), RunningReviews.NewReader());
        var review = await running.WriteAsync(owner, stars: 5, text: "mine");

        Assert.Null(await running.MineAsync(other));
        await running.DeleteAsync(other);
        await running.WriteAsync(other, stars: 1, text: "another");

        Assert.Equal(review, await running.MineAsync(owner));
        var mine = await running.Client.ListMyReviewsAsync(new ListMyReviewsRequest(), running.As(other), cancellationToken: Token);
        Assert.Equal(["another"], mine.Reviews.Select(one => one.Text));
    }
}
