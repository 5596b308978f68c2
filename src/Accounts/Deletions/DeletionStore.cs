using System.Globalization;
using BooksForYou.ServiceKit.Storage;
using Dapper;

namespace BooksForYou.Accounts.Deletions;

/// <summary>
/// Reads the feed of deletions. PostgreSQL's transactions commit out of sequence: an event that is read there is older than every transaction that still
/// runs, so that no event can appear behind it later. SQLite has one writer, and numbers are given in the order of commits.
/// </summary>
internal sealed class DeletionStore(Database database)
{
    // A position from another server's life, before a dump was restored here, lies in the future: then the feed begins anew, and followers get again what
    // they have, which they can take.
    private const string PostgresEvents =
        """
        SELECT xid::text AS TransactionId, event_number AS EventNumber, account_id AS AccountId, traceparent AS Trace
        FROM account_deletion
        WHERE xid < pg_snapshot_xmin(pg_current_snapshot())
            AND (xid, event_number) > (
                CASE WHEN @transaction::xid8 < pg_snapshot_xmax(pg_current_snapshot()) THEN @transaction::xid8 ELSE '0'::xid8 END,
                CASE WHEN @transaction::xid8 < pg_snapshot_xmax(pg_current_snapshot()) THEN @number ELSE 0 END)
        ORDER BY xid, event_number
        LIMIT @count;

        SELECT EXISTS (SELECT 1 FROM account_deletion WHERE xid >= pg_snapshot_xmin(pg_current_snapshot()));
        """;

    private const string SqliteEvents =
        """
        SELECT '0' AS TransactionId, event_number AS EventNumber, account_id AS AccountId, traceparent AS Trace
        FROM account_deletion
        WHERE event_number > @number
        ORDER BY event_number
        LIMIT @count;

        SELECT 0;
        """;

    /// <summary>Gives the events after a position.</summary>
    public async Task<DeletionPage> ReadAsync(FeedPosition after, int count, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var results = await connection.QueryMultipleAsync(new CommandDefinition(
            database.Dialect == DatabaseDialect.PostgreSql ? PostgresEvents : SqliteEvents,
            new { transaction = after.TransactionId.ToString(CultureInfo.InvariantCulture), number = after.EventNumber, count },
            cancellationToken: cancellationToken));
        var rows = (await results.ReadAsync<EventRow>()).AsList();
        var areHeldBack = await results.ReadSingleAsync<bool>();
        return new DeletionPage([.. rows.Select(row => row.ToEvent())], rows.Count < count && !areHeldBack);
    }

    private sealed class EventRow
    {
        public string TransactionId { get; init; } = "";

        public long EventNumber { get; init; }

        public string AccountId { get; init; } = "";

        public string Trace { get; init; } = "";

        public DeletionEvent ToEvent() => new(new FeedPosition(ulong.Parse(TransactionId, CultureInfo.InvariantCulture), EventNumber), AccountId, Trace);
    }
}
