using System.Globalization;
using BooksForYou.ServiceKit.Storage;
using BooksForYou.Transactions.Orders;
using Dapper;

namespace BooksForYou.Transactions.Feed;

/// <summary>
/// Reads the feed. PostgreSQL's transactions commit out of sequence: an event that is read there is older than every transaction that still runs, so that no
/// event can appear behind it later. SQLite has one writer, and numbers are given in the order of commits.
/// </summary>
internal sealed class OrderEventStore(Database database)
{
    // A position from another server's life, before a dump was restored here, lies in the future: then the feed begins anew, and followers get again what
    // they have, which they can take.
    private const string PostgresEvents =
        """
        SELECT e.xid::text AS TransactionId, e.event_number AS EventNumber, e.order_number AS OrderNumber, o.order_id AS OrderId, e.state AS State,
            e.event_time AS Time, e.traceparent AS Trace
        FROM order_event e JOIN orders o ON o.order_number = e.order_number
        WHERE e.xid < pg_snapshot_xmin(pg_current_snapshot())
            AND (e.xid, e.event_number) > (
                CASE WHEN @transaction::xid8 < pg_snapshot_xmax(pg_current_snapshot()) THEN @transaction::xid8 ELSE '0'::xid8 END,
                CASE WHEN @transaction::xid8 < pg_snapshot_xmax(pg_current_snapshot()) THEN @number ELSE 0 END)
        ORDER BY e.xid, e.event_number
        LIMIT @count;

        SELECT EXISTS (SELECT 1 FROM order_event WHERE xid >= pg_snapshot_xmin(pg_current_snapshot()));
        """;

    private const string SqliteEvents =
        """
        SELECT '0' AS TransactionId, e.event_number AS EventNumber, e.order_number AS OrderNumber, o.order_id AS OrderId, e.state AS State,
            e.event_time AS Time, e.traceparent AS Trace
        FROM order_event e JOIN orders o ON o.order_number = e.order_number
        WHERE e.event_number > @number
        ORDER BY e.event_number
        LIMIT @count;

        SELECT 0;
        """;

    /// <summary>Gives the events after a position.</summary>
    public async Task<OrderEventPage> ReadAsync(FeedPosition after, int count, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var results = await connection.QueryMultipleAsync(new CommandDefinition(
            database.Dialect == DatabaseDialect.PostgreSql ? PostgresEvents : SqliteEvents,
            new { transaction = after.TransactionId.ToString(CultureInfo.InvariantCulture), number = after.EventNumber, count },
            cancellationToken: cancellationToken));
        var rows = (await results.ReadAsync<EventRow>()).AsList();
        var areHeldBack = await results.ReadSingleAsync<bool>();
        if (rows.Count == 0)
        {
            return new OrderEventPage([], !areHeldBack);
        }

        var orders = string.Join(", ", rows.Select(row => row.OrderNumber).Distinct().Select(number => number.ToString(CultureInfo.InvariantCulture)));
        var lines = (await connection.QueryAsync<LineRow>(new CommandDefinition(
            $"SELECT {LineRow.Columns} FROM order_line WHERE order_number IN ({orders}) ORDER BY order_number, position",
            cancellationToken: cancellationToken))).ToLookup(line => line.OrderNumber, line => line.ToLine());
        return new OrderEventPage([.. rows.Select(row => row.ToEvent(lines[row.OrderNumber]))], rows.Count < count && !areHeldBack);
    }

    private sealed class EventRow
    {
        public string TransactionId { get; init; } = "";

        public long EventNumber { get; init; }

        public long OrderNumber { get; init; }

        public string OrderId { get; init; } = "";

        public OrderState State { get; init; }

        public DateTimeOffset Time { get; init; }

        public string Trace { get; init; } = "";

        public OrderEvent ToEvent(IEnumerable<OrderLine> lines) => new(
            new FeedPosition(ulong.Parse(TransactionId, CultureInfo.InvariantCulture), EventNumber),
            OrderId,
            State,
            Time,
            [.. lines],
            Trace);
    }
}
