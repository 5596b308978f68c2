using System.Data;
using System.Data.Common;
using System.Globalization;
using BooksForYou.ServiceKit.Errors;
using BooksForYou.ServiceKit.Storage;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace BooksForYou.Reviews;

/// <summary>Takes reports, and gives the queue of what an admin has to look at.</summary>
internal sealed class ReportStore([FromKeyedServices("Reviews")] Database database, TimeProvider time)
{
    private const string List = "queue";
    private const int MostReasons = 5;

    private readonly string _forUpdate = database.Dialect == DatabaseDialect.PostgreSql ? "FOR UPDATE" : "";

    /// <summary>Takes a report; another one of the same person changes nothing.</summary>
    /// <exception cref="NotFoundException">There is no such review that everybody can see.</exception>
    public Task ReportAsync(string reviewId, string reporterId, string reason, CancellationToken cancellationToken) => database.TransactionAsync(
        IsolationLevel.ReadCommitted,
        async (connection, token) =>
        {
            var number = await connection.QuerySingleOrDefaultAsync<long?>(new CommandDefinition(
                $"SELECT review_number FROM review WHERE review_id = @reviewId AND state = 'VISIBLE' {_forUpdate}",
                new { reviewId },
                cancellationToken: token)) ?? throw ReviewId.NotFound();
            var now = time.GetUtcNow();
            var added = await connection.ExecuteAsync(new CommandDefinition(
                """
                INSERT INTO report (review_number, reporter_id, reason, reported_at, settled) VALUES (@number, @reporterId, @reason, @now, FALSE)
                ON CONFLICT (review_number, reporter_id) DO NOTHING
                """,
                new { number, reporterId, reason, now },
                cancellationToken: token));
            return added == 0 ? 0 : await connection.ExecuteAsync(new CommandDefinition(
                "UPDATE review SET open_reports = open_reports + 1, waiting_since = COALESCE(waiting_since, @now) WHERE review_number = @number",
                new { number, now },
                cancellationToken: token));
        },
        cancellationToken);

    /// <summary>Gives what an admin has to look at, the longest waiting first.</summary>
    public async Task<ReviewPage<QueuedReview>> QueueAsync(int size, string token, CancellationToken cancellationToken)
    {
        var (ticks, number) = PageToken.Read(token, List) ?? (DateTimeOffset.UnixEpoch.UtcTicks, 0);
        if (ticks > DateTimeOffset.MaxValue.UtcTicks)
        {
            throw new InvalidArgumentException(new FieldViolation("page_token", "must be the next_page_token of the page before, or empty"));
        }

        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var reviews = await connection.QueryAsync<Review>(new CommandDefinition(
            $"""
            SELECT {Review.Columns} FROM review
            WHERE waiting_since IS NOT NULL AND (waiting_since, review_number) > (@since, @number)
            ORDER BY waiting_since, review_number
            LIMIT @count
            """,
            new { since = new DateTimeOffset(ticks, TimeSpan.Zero), number, count = size + 1 },
            cancellationToken: cancellationToken));
        var page = ReviewPage<Review>.Cut(reviews.AsList(), size, review => PageToken.Write(List, review.WaitingSince!.Value.UtcTicks, review.Number));
        var reasons = await ReadReasonsAsync(connection, page.Items, cancellationToken);
        return new ReviewPage<QueuedReview>([.. page.Items.Select(review => new QueuedReview(review, [.. reasons[review.Number]]))], page.NextPageToken);
    }

    private static async Task<ILookup<long, string>> ReadReasonsAsync(
        DbConnection connection, IReadOnlyList<Review> reviews, CancellationToken cancellationToken)
    {
        var reported = reviews.Where(review => review.OpenReports > 0).Select(review => review.Number.ToString(CultureInfo.InvariantCulture)).ToList();
        if (reported.Count == 0)
        {
            return Array.Empty<(long, string)>().ToLookup(row => row.Item1, row => row.Item2);
        }

        var rows = await connection.QueryAsync<(long Number, string Reason)>(new CommandDefinition(
            $"""
            SELECT review_number, reason
            FROM (
                SELECT review_number, reason, ROW_NUMBER() OVER (PARTITION BY review_number ORDER BY reported_at DESC, reporter_id) AS place
                FROM report
                WHERE review_number IN ({string.Join(", ", reported)}) AND NOT settled) AS newest
            WHERE place <= @MostReasons
            ORDER BY review_number, place
            """,
            new { MostReasons },
            cancellationToken: cancellationToken));
        return rows.ToLookup(row => row.Number, row => row.Reason);
    }
}
