using System.Globalization;
using BooksForYou.ServiceKit.Storage;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace BooksForYou.Reviews;

/// <summary>Reads ratings.</summary>
internal sealed class RatingStore([FromKeyedServices("Reviews")] Database database)
{
    /// <summary>Gives the ratings of those books that have visible reviews.</summary>
    public async Task<IReadOnlyList<Rating>> ReadAsync(IReadOnlyCollection<int> bookIds, CancellationToken cancellationToken)
    {
        if (bookIds.Count == 0)
        {
            return [];
        }

        var numbers = string.Join(", ", bookIds.Select(bookId => bookId.ToString(CultureInfo.InvariantCulture)));
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<RatingRow>(new CommandDefinition(
            $"""
            SELECT book_id AS BookId, review_count AS Count, star_sum AS Sum, stars_1 AS One, stars_2 AS Two, stars_3 AS Three, stars_4 AS Four,
                stars_5 AS Five
            FROM rating
            WHERE book_id IN ({numbers}) AND review_count > 0
            ORDER BY book_id
            """,
            cancellationToken: cancellationToken));
        return [.. rows.Select(row => new Rating(row.BookId, row.Count, row.Sum, [row.One, row.Two, row.Three, row.Four, row.Five]))];
    }

    private sealed class RatingRow
    {
        public int BookId { get; init; }

        public int Count { get; init; }

        public long Sum { get; init; }

        public int One { get; init; }

        public int Two { get; init; }

        public int Three { get; init; }

        public int Four { get; init; }

        public int Five { get; init; }
    }
}
