using System.Data.Common;
using System.Globalization;
using BooksForYou.ServiceKit.Telemetry;
using Dapper;

namespace BooksForYou.Reviews;

/// <summary>The stars that a review counts with have changed: so has the rating of the book, and the feed says so.</summary>
/// <param name="BookId">The book, whose rating is locked.</param>
/// <param name="ReviewId">The review.</param>
/// <param name="Before">The visible stars before; 0 for none.</param>
/// <param name="After">The visible stars after.</param>
internal readonly record struct RatingMove(int BookId, string ReviewId, int Before, int After)
{
    /// <summary>Changes the rating and writes the event, in the transaction that changes the review.</summary>
    /// <returns>Whether there was anything to change.</returns>
    public async Task<bool> ApplyAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        if (Before == After)
        {
            return false;
        }

        var histogram = string.Concat(new[] { (Before, "- 1"), (After, "+ 1") }.Where(change => change.Item1 > 0).Select(
            change => string.Create(CultureInfo.InvariantCulture, $", stars_{change.Item1} = stars_{change.Item1} {change.Item2}")));
        await connection.ExecuteAsync(new CommandDefinition(
            $"""
            UPDATE rating SET review_count = review_count + @count, star_sum = star_sum + @sum{histogram} WHERE book_id = @BookId;
            DELETE FROM review_change WHERE review_id = @ReviewId;
            INSERT INTO review_change (review_id, book_id, stars, traceparent) VALUES (@ReviewId, @BookId, @After, @trace);
            """,
            new { count = Math.Sign(After) - Math.Sign(Before), sum = After - Before, BookId, ReviewId, After, trace = TraceParent.Current },
            cancellationToken: cancellationToken));
        return true;
    }
}
