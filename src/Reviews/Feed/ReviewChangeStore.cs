using System.Globalization;
using BooksForYou.ServiceKit.Storage;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace BooksForYou.Reviews.Feed;

/// <summary>
/// Reads the feed. PostgreSQL's transactions commit out of sequence: a change that is read there is older than every transaction that still runs, so
/// that none can appear behind it later. SQLite has one writer, and numbers are given in the order of commits.
/// </summary>
internal sealed class ReviewChangeStore([FromKeyedServices("Reviews")] Database database)
{
    // A position from another server's life, before a dump was restored here, lies in the future: then the feed begins anew, and followers get again what
    // they have, which they can take.
    private const string PostgresChanges =
        """
        SELECT xid::text AS TransactionId, change_number AS ChangeNumber, book_id AS BookId, review_id AS ReviewId, stars AS Stars, traceparent AS Trace
        FROM review_change
        WHERE xid < pg_snapshot_xmin(pg_current_snapshot())
            AND (xid, change_number) > (
                CASE WHEN @transaction::xid8 < pg_snapshot_xmax(pg_current_snapshot()) THEN @transaction::xid8 ELSE '0'::xid8 END,
                CASE WHEN @transaction::xid8 < pg_snapshot_xmax(pg_current_snapshot()) THEN @number ELSE 0 END)
        ORDER BY xid, change_number
        LIMIT @count;

        SELECT EXISTS (SELECT 1 FROM review_change WHERE xid >= pg_snapshot_xmin(pg_current_snapshot()));
        """;

    private const string SqliteChanges =
        """
        SELECT '0' AS TransactionId, change_number AS ChangeNumber, book_id AS BookId, review_id AS ReviewId, stars AS Stars, traceparent AS Trace
        FROM review_change
        WHERE change_number > @number
        ORDER BY change_number
        LIMIT @count;

        SELECT 0;
        """;

    /// <summary>Gives the changes after a position.</summary>
    public async Task<ReviewChangePage> ReadAsync(FeedPosition after, int count, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var results = await connection.QueryMultipleAsync(new CommandDefinition(
            database.Dialect == DatabaseDialect.PostgreSql ? PostgresChanges : SqliteChanges,
            new { transaction = after.TransactionId.ToString(CultureInfo.InvariantCulture), number = after.EventNumber, count },
            cancellationToken: cancellationToken));
        var rows = (await results.ReadAsync<ChangeRow>()).AsList();
        var areHeldBack = await results.ReadSingleAsync<bool>();
        return new ReviewChangePage([.. rows.Select(row => row.ToChange())], rows.Count < count && !areHeldBack);
    }

    private sealed class ChangeRow
    {
        public string TransactionId { get; init; } = "";

        public long ChangeNumber { get; init; }

        public int BookId { get; init; }

        public string ReviewId { get; init; } = "";

        public int Stars { get; init; }

        public string Trace { get; init; } = "";

        public ReviewChange ToChange() =>
            new(new FeedPosition(ulong.Parse(TransactionId, CultureInfo.InvariantCulture), ChangeNumber), BookId, ReviewId, Stars, Trace);
    }
}
