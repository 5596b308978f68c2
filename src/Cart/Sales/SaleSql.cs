using BooksForYou.ServiceKit.Storage;

namespace BooksForYou.Cart.Sales;

/// <summary>The statements of <see cref="SaleStore"/> in which the engines differ.</summary>
internal sealed record SaleSql(string Begin, string Advance, string AdvanceSoon, string FinishSold, string TakeStale)
{
    public const string Columns =
        """
        idempotency_key AS Key, visitor_id AS VisitorId, request_hash AS RequestHash, state AS State, lines AS Lines,
        reservation_id AS ReservationId, order_id AS OrderId, answer AS Answer, lease AS Lease, attempts AS Attempts,
        traceparent AS Trace
        """;

    private const string Held = "idempotency_key = @Key AND lease = @Lease AND state = @From";

    private const string Update =
        """
        UPDATE sale
        SET state = @State, reservation_id = @ReservationId, order_id = @OrderId, answer = @Answer, lease_until = @Until, updated_at = @Now
        """;

    private const string RemainingPostgres =
        """
        SELECT COALESCE(jsonb_object_agg(item.key, jsonb_set(item.value, '{quantity}', to_jsonb(rest.quantity))), '{}')
        FROM jsonb_each(basket.items) AS item
        CROSS JOIN LATERAL (
            SELECT (item.value ->> 'quantity')::integer - COALESCE((held.lines ->> item.key)::integer, 0) AS quantity) AS rest
        WHERE rest.quantity > 0
        """;

    private const string RemainingSqlite =
        """
        SELECT json_group_object(key, json_set(value, '$.quantity', rest))
        FROM (
            SELECT key, value, json_extract(value, '$.quantity') - COALESCE(json_extract(held.lines, '$."' || key || '"'), 0) AS rest
            FROM json_each(basket.items))
        WHERE rest > 0
        """;

    // The commit does not wait for the disk. Should the server fail before the row gets there, the row says what it said before, and from
    // that the sale is carried on to the same end.
    private const string WithoutWaiting = "FROM (SELECT set_config('synchronous_commit', 'off', true)) AS soon";

    private static readonly SaleSql Postgres =
        Create("::jsonb", "FOR SHARE", "FOR UPDATE", "FOR UPDATE SKIP LOCKED", RemainingPostgres, WithoutWaiting);

    private static readonly SaleSql Sqlite = Create("", "", "", "", RemainingSqlite, "");

    public static SaleSql For(DatabaseDialect dialect) => dialect == DatabaseDialect.PostgreSql ? Postgres : Sqlite;

    private static SaleSql Create(string json, string share, string hold, string skip, string remaining, string soon) => new(
        // Only if nobody has edited the basket since it was read; edits wait until this is committed.
        Begin: $"""
            INSERT INTO sale (
                idempotency_key, visitor_id, request_hash, state, lines, reservation_id, answer,
                lease, lease_until, attempts, created_at, updated_at, traceparent)
            SELECT @Key, @VisitorId, @RequestHash, @State, @Lines{json}, @ReservationId, @Answer, @Lease, @Until, 0, @Now, @Now, @Trace
            FROM basket
            WHERE visitor_id = @VisitorId AND revision = @Revision
            {share}
            ON CONFLICT DO NOTHING
            RETURNING 1
            """,
        Advance: $"{Update} WHERE {Held} RETURNING 1",
        AdvanceSoon: $"{Update} {soon} WHERE {Held} RETURNING 1",
        // First the sale is held and then the basket, as everywhere: two at once cannot wait for each other.
        FinishSold: $"""
            WITH held AS (SELECT visitor_id, lines FROM sale WHERE {Held} {hold})
            UPDATE basket
            SET items = ({remaining}), revision = revision + 1, updated_at = @Now
            FROM held
            WHERE basket.visitor_id = held.visitor_id;

            {Update} WHERE {Held} RETURNING 1
            """,
        TakeStale: $"""
            UPDATE sale
            SET lease = lease + 1, lease_until = @Until, updated_at = @Now
            WHERE idempotency_key IN (
                SELECT idempotency_key FROM sale WHERE state <> 'Done' AND lease_until < @Now ORDER BY lease_until LIMIT @Limit {skip})
            RETURNING {Columns}
            """);
}
