using BooksForYou.ServiceKit.Storage;
using Dapper;

namespace BooksForYou.Inventory.Stock;

/// <summary>
/// Reservations on PostgreSQL: each operation is one statement and one round trip, so that the rows of a popular book are locked
/// for no longer than a commit takes. Whoever works on a reservation holds its id first (an advisory lock, to the end of the statement),
/// and then the rows of stock in the order of the books' numbers: nobody waits in a circle. What is written to a row of stock is
/// reckoned from the row as it was locked. Reckoned from the table, the engine would first try it on the row as it was when the
/// statement began, and refuse it there when that older row had fewer copies left.
/// </summary>
internal sealed class PostgresReservationStore(Database database) : ReservationStore(database)
{
    // Given the reservations that have ended: their copies move, and the ledger says so.
    private const string MoveStock =
        """
        lines AS (
            SELECT l.reservation_id, l.book_id, l.quantity
            FROM reservation_line l
            JOIN ended ON ended.reservation_id = l.reservation_id
        ),
        locked AS MATERIALIZED (
            SELECT s.book_id, s.on_hand, s.reserved, s.sold, sums.quantity
            FROM stock s
            JOIN (SELECT book_id, sum(quantity)::integer AS quantity FROM lines GROUP BY book_id) AS sums ON sums.book_id = s.book_id
            ORDER BY s.book_id
            FOR NO KEY UPDATE OF s
        ),
        moved AS (
            UPDATE stock s
            SET on_hand = locked.on_hand + @OnHand * locked.quantity,
                reserved = locked.reserved + @Reserved * locked.quantity,
                sold = locked.sold + @Sold * locked.quantity
            FROM locked
            WHERE s.book_id = locked.book_id
        ),
        entered AS (
            INSERT INTO stock_entry (book_id, create_time, delta, reason, reference)
            SELECT book_id, @Now, @OnHand * quantity, @Reason, reservation_id FROM lines WHERE @OnHand <> 0
        )
        SELECT count(*)::integer FROM ended
        """;

    private const string MoveOne =
        """
        WITH held AS MATERIALIZED (SELECT pg_advisory_xact_lock(hashtextextended(@Id, 0))),
        ended AS (
            UPDATE reservation r SET state = @To FROM held WHERE r.reservation_id = @Id AND r.state = @From RETURNING r.reservation_id
        ),
        """ + "\n" + MoveStock;

    private const string ExpireSome =
        """
        WITH over AS MATERIALIZED (
            SELECT reservation_id FROM reservation
            WHERE state = 1 AND expire_time <= @Now AND pg_try_advisory_xact_lock(hashtextextended(reservation_id, 0))
            ORDER BY expire_time
            LIMIT @Limit
            FOR UPDATE SKIP LOCKED
        ),
        ended AS (
            UPDATE reservation r SET state = @To FROM over WHERE r.reservation_id = over.reservation_id AND r.state = @From RETURNING r.reservation_id
        ),
        """ + "\n" + MoveStock;

    // What a waiter sees is what the one before it has left. An id that is known locks no stock.
    private const string Reserve =
        """
        WITH held AS MATERIALIZED (SELECT pg_advisory_xact_lock(hashtextextended(@Id, 0))),
        wanted AS (
            SELECT book_id, quantity FROM unnest(@BookIds, @Quantities) AS w (book_id, quantity)
        ),
        locked AS MATERIALIZED (
            SELECT s.book_id, w.quantity, s.on_hand, s.reserved, s.on_hand - s.reserved AS available
            FROM held
            CROSS JOIN stock s
            JOIN wanted w ON w.book_id = s.book_id
            WHERE NOT EXISTS (SELECT 1 FROM reservation WHERE reservation_id = @Id)
            ORDER BY s.book_id
            FOR NO KEY UPDATE OF s
        ),
        made AS (
            INSERT INTO reservation (reservation_id, state, expire_time)
            SELECT @Id, 1, @ExpireTime
            WHERE (SELECT count(*) FROM locked WHERE available >= quantity) = (SELECT count(*) FROM wanted)
            ON CONFLICT (reservation_id) DO NOTHING
            RETURNING reservation_id
        ),
        taken AS (
            UPDATE stock s
            SET on_hand = locked.on_hand, reserved = locked.reserved + locked.quantity
            FROM locked
            WHERE s.book_id = locked.book_id AND EXISTS (SELECT 1 FROM made)
        ),
        lines AS (
            INSERT INTO reservation_line (reservation_id, book_id, quantity)
            SELECT made.reservation_id, wanted.book_id, wanted.quantity FROM made CROSS JOIN wanted
        )
        SELECT wanted.book_id AS BookId, wanted.quantity, locked.available, EXISTS (SELECT 1 FROM made) AS made
        FROM wanted
        LEFT JOIN locked ON locked.book_id = wanted.book_id
        """;

    private readonly Database _database = database;

    public override Task<IReadOnlyList<LineStock>?> TryReserveAsync(
        string id, IReadOnlyList<ReservationLine> lines, DateTimeOffset expireTime, CancellationToken cancellationToken) => _database.StatementAsync(
        async (connection, token) =>
        {
            var parameters = new
            {
                Id = id,
                ExpireTime = expireTime,
                BookIds = lines.Select(line => line.BookId).ToArray(),
                Quantities = lines.Select(line => line.Quantity).ToArray(),
            };
            var rows = (await connection.QueryAsync<LineStock, bool, (LineStock Line, bool Made)>(
                new CommandDefinition(Reserve, parameters, cancellationToken: token),
                (line, made) => (line, made),
                splitOn: "made")).AsList();
            return rows[0].Made ? null : (IReadOnlyList<LineStock>)rows.ConvertAll(row => row.Line);
        },
        cancellationToken);

    public override async Task<bool> TryMoveAsync(
        string id, ReservationMove move, DateTimeOffset now, CancellationToken cancellationToken) =>
        await MoveAsync(MoveOne, id, move, now, limit: 1, cancellationToken) == 1;

    public override Task<int> ExpireAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        MoveAsync(ExpireSome, id: null, ReservationMove.Expire, now, limit, cancellationToken);

    private Task<int> MoveAsync(
        string sql, string? id, ReservationMove move, DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        _database.StatementAsync(
            (connection, token) => connection.ExecuteScalarAsync<int>(new CommandDefinition(
                sql,
                new { Id = id, move.From, move.To, move.OnHand, move.Reserved, move.Sold, move.Reason, Now = now, Limit = limit },
                cancellationToken: token)),
            cancellationToken);
}
