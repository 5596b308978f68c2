using BooksForYou.ServiceKit.Storage;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace BooksForYou.Reviews;

/// <summary>Reads reviews, page by page.</summary>
internal sealed class ReviewList([FromKeyedServices("Reviews")] Database database)
{
    /// <summary>Finds a reader's review of a book, in any state.</summary>
    public async Task<Review?> FindAsync(int bookId, string readerId, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<Review>(new CommandDefinition(
            $"SELECT {Review.Columns} FROM review WHERE book_id = @bookId AND reader_id = @readerId",
            new { bookId, readerId },
            cancellationToken: cancellationToken));
    }

    /// <summary>Gives the reviews of a reader, in any state, the newest first.</summary>
    public Task<ReviewPage<Review>> OfReaderAsync(string readerId, int size, string token, CancellationToken cancellationToken)
    {
        const string List = "mine";
        var before = PageToken.Read(token, List)?.Number ?? long.MaxValue;
        return ReadAsync(
            $"SELECT {Review.Columns} FROM review WHERE reader_id = @readerId AND review_number < @before ORDER BY review_number DESC LIMIT @count",
            new { readerId, before, count = size + 1 },
            size,
            review => PageToken.Write(List, 0, review.Number),
            cancellationToken);
    }

    /// <summary>Gives the visible reviews of a book, the newest first.</summary>
    public Task<ReviewPage<Review>> NewestAsync(int bookId, int size, string token, CancellationToken cancellationToken)
    {
        const string List = "newest";
        var before = PageToken.Read(token, List)?.Number ?? long.MaxValue;
        return ReadAsync(
            $"""
            SELECT {Review.Columns} FROM review
            WHERE book_id = @bookId AND state = 'VISIBLE' AND review_number < @before
            ORDER BY review_number DESC
            LIMIT @count
            """,
            new { bookId, before, count = size + 1 },
            size,
            review => PageToken.Write(List, 0, review.Number),
            cancellationToken);
    }

    /// <summary>Gives the visible reviews of a book, those found helpful by most first, and of equals the newest.</summary>
    public Task<ReviewPage<Review>> MostHelpfulAsync(int bookId, int size, string token, CancellationToken cancellationToken)
    {
        const string List = "helpful";
        var (votes, number) = PageToken.Read(token, List) ?? (long.MaxValue, long.MaxValue);
        return ReadAsync(
            $"""
            SELECT {Review.Columns} FROM review
            WHERE book_id = @bookId AND state = 'VISIBLE' AND (helpful_votes, review_number) < (@votes, @number)
            ORDER BY helpful_votes DESC, review_number DESC
            LIMIT @count
            """,
            new { bookId, votes, number, count = size + 1 },
            size,
            review => PageToken.Write(List, review.HelpfulVotes, review.Number),
            cancellationToken);
    }

    private async Task<ReviewPage<Review>> ReadAsync(
        string sql, object parameters, int size, Func<Review, string> tokenOf, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<Review>(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken));
        return ReviewPage<Review>.Cut(rows.AsList(), size, tokenOf);
    }
}
