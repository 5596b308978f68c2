using System.Data;
using System.Data.Common;
using BooksForYou.ServiceKit.Storage;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace BooksForYou.Reviews;

/// <summary>
/// Writes, deletes and moderates reviews. Each is one transaction that begins with the lock of the book's rating, so that what happens to the reviews
/// of a book happens one after the other, and the rating is that of the reviews.
/// </summary>
internal sealed class ReviewStore([FromKeyedServices("Reviews")] Database database, ReviewSignal signal, TimeProvider time)
{
    private const string LockBook =
        "INSERT INTO rating (book_id) VALUES (@bookId) ON CONFLICT (book_id) DO UPDATE SET book_id = excluded.book_id;";

    private readonly string _forUpdate = database.Dialect == DatabaseDialect.PostgreSql ? "FOR UPDATE" : "";

    /// <summary>Writes a reader's review of a book, or the same anew.</summary>
    public Task<Review> WriteAsync(ReviewDraft draft, CancellationToken cancellationToken) => ChangeAsync(
        async (connection, token) =>
        {
            await using var results = await connection.QueryMultipleAsync(Command(
                $"""
                {LockBook}
                SELECT {Review.Columns} FROM review WHERE book_id = @bookId AND reader_id = @readerId {_forUpdate};
                SELECT EXISTS (SELECT 1 FROM withheld_reader WHERE book_id = @bookId AND reader_id = @readerId);
                """,
                new { bookId = draft.BookId, readerId = draft.ReaderId },
                token));
            var earlier = await results.ReadSingleOrDefaultAsync<Review>();
            var isWithheld = await results.ReadSingleAsync<bool>();
            var state = draft.StateAfter(earlier, isWithheld);
            var review = earlier is null
                ? await InsertAsync(connection, draft, state, token)
                : await UpdateAsync(connection, draft, earlier, state, token);
            return (review, new RatingMove(review.BookId, review.Id, earlier?.VisibleStars ?? 0, review.VisibleStars));
        },
        cancellationToken);

    /// <summary>Deletes a reader's review of a book, if there is one.</summary>
    public Task DeleteAsync(int bookId, string readerId, CancellationToken cancellationToken) => ChangeAsync(
        async (connection, token) =>
        {
            var review = await connection.QuerySingleOrDefaultAsync<Review>(Command(
                $"{LockBook} SELECT {Review.Columns} FROM review WHERE book_id = @bookId AND reader_id = @readerId {_forUpdate}",
                new { bookId, readerId },
                token));
            if (review is null)
            {
                return (true, null);
            }

            var withhold = review.State == ReviewState.Visible
                ? ""
                : "INSERT INTO withheld_reader (book_id, reader_id) VALUES (@bookId, @readerId) ON CONFLICT (book_id, reader_id) DO NOTHING;";
            await connection.ExecuteAsync(Command(
                $"""
                DELETE FROM helpful_vote WHERE review_number = @Number;
                DELETE FROM report WHERE review_number = @Number;
                DELETE FROM review WHERE review_number = @Number;
                {withhold}
                """,
                new { review.Number, bookId, readerId },
                token));
            return (true, new RatingMove(bookId, review.Id, review.VisibleStars, 0));
        },
        cancellationToken);

    /// <summary>Shows or hides a review, and takes it out of the queue.</summary>
    /// <returns>The review; null when there is none.</returns>
    public async Task<Review?> ModerateAsync(string reviewId, ReviewState state, CancellationToken cancellationToken)
    {
        if (await FindBookAsync(reviewId, cancellationToken) is not { } bookId)
        {
            return null;
        }

        return await ChangeAsync<Review?>(
            async (connection, token) =>
            {
                var earlier = await connection.QuerySingleOrDefaultAsync<Review>(Command(
                    $"{LockBook} SELECT {Review.Columns} FROM review WHERE review_id = @reviewId {_forUpdate}", new { bookId, reviewId }, token));
                if (earlier is null)
                {
                    return (null, null);
                }

                var review = await connection.QuerySingleAsync<Review>(Command(
                    $"""
                    UPDATE report SET settled = TRUE WHERE review_number = @Number;
                    UPDATE review SET state = @state, open_reports = 0, waiting_since = NULL WHERE review_number = @Number RETURNING {Review.Columns};
                    """,
                    new { earlier.Number, state = Review.Spell(state) },
                    token));
                return (review, new RatingMove(bookId, reviewId, earlier.VisibleStars, review.VisibleStars));
            },
            cancellationToken);
    }

    private static CommandDefinition Command(string sql, object parameters, CancellationToken cancellationToken) =>
        new(sql, parameters, cancellationToken: cancellationToken);

    private async Task<T> ChangeAsync<T>(
        Func<DbConnection, CancellationToken, Task<(T Result, RatingMove? Move)>> changeAsync, CancellationToken cancellationToken)
    {
        var (result, hasMoved) = await database.TransactionAsync(
            IsolationLevel.ReadCommitted,
            async (connection, token) =>
            {
                var (result, move) = await changeAsync(connection, token);
                return (result, move is { } rating && await rating.ApplyAsync(connection, token));
            },
            cancellationToken);
        if (hasMoved)
        {
            signal.Changed.Pulse();
        }

        return result;
    }

    private async Task<int?> FindBookAsync(string reviewId, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<int?>(
            Command("SELECT book_id FROM review WHERE review_id = @reviewId", new { reviewId }, cancellationToken));
    }

    private Task<Review> InsertAsync(DbConnection connection, ReviewDraft draft, ReviewState state, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return connection.QuerySingleAsync<Review>(Command(
            $"""
            DELETE FROM withheld_reader WHERE book_id = @BookId AND reader_id = @ReaderId;
            INSERT INTO review (
                review_id, book_id, reader_id, reader_name, stars, title, text, state, verified_purchase, purchase_ask_at, waiting_since, created_at)
            VALUES (@id, @BookId, @ReaderId, @ReaderName, @Stars, @Title, @Text, @state, @isVerified, @askAt, @waitingSince, @now)
            RETURNING {Review.Columns};
            """,
            new
            {
                id = ReviewId.New(),
                draft.BookId,
                draft.ReaderId,
                draft.ReaderName,
                draft.Stars,
                draft.Title,
                draft.Text,
                state = Review.Spell(state),
                isVerified = draft.IsVerified ?? false,
                askAt = draft.IsVerified is null ? now : (DateTimeOffset?)null,
                waitingSince = state == ReviewState.Held ? now : (DateTimeOffset?)null,
                now,
            },
            cancellationToken));
    }

    private Task<Review> UpdateAsync(
        DbConnection connection, ReviewDraft draft, Review earlier, ReviewState state, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var isVerified = earlier.IsVerified || draft.IsVerified is true;
        var hasChanged = draft.Changes(earlier);

        // Whoever has reported the old words may report the new ones.
        var forgetSettled = hasChanged ? "DELETE FROM report WHERE review_number = @Number AND settled;" : "";
        return connection.QuerySingleAsync<Review>(Command(
            $"""
            {forgetSettled}
            UPDATE review
            SET reader_name = @ReaderName, stars = @Stars, title = @Title, text = @Text, state = @state, verified_purchase = @isVerified,
                purchase_ask_at = @askAt, waiting_since = @waitingSince, edited_at = @editedAt
            WHERE review_number = @Number
            RETURNING {Review.Columns};
            """,
            new
            {
                earlier.Number,
                draft.ReaderName,
                draft.Stars,
                draft.Title,
                draft.Text,
                state = Review.Spell(state),
                isVerified,
                askAt = isVerified || draft.IsVerified is not null ? null : (DateTimeOffset?)now,
                waitingSince = state == ReviewState.Held ? earlier.WaitingSince ?? now : earlier.WaitingSince,
                editedAt = hasChanged ? now : earlier.EditedAt,
            },
            cancellationToken));
    }
}
