using BooksForYou.ServiceKit.Storage;
using Dapper;

namespace BooksForYou.Inventory.Stock;

/// <summary>Reservations on PostgreSQL: each operation is one statement and one round trip, so that the rows of a popular book are locked
/// for no longer than a commit takes.</summary>
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
            SELECT s.book_id, sums.quantity
            FROM stock s
            JOIN (SELECT book_id, sum(quantity)::integer AS quantity FROM lines GROUP BY book_id) AS sums ON sums.book_id = s.book_id
            ORDER BY s.book_id
            FOR NO KEY UPDATE OF s
        ),
        moved AS (
            UPDATE stock s
            SET on_hand = s.on_hand + @OnHand * locked.quantity,
                reserved = s.reserved + @Reserved * locked.quantity,
                sold = s.sold + @Sold * locked.quantity
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
        WITH ended AS (
            UPDATE reservation SET state = @To WHERE reservation_id = @Id AND state = @From RETURNING reservation_id
        ),
        """ + "\n" + MoveStock;

    private const string ExpireSome =
        """
        WITH over AS MATERIALIZED (
            SELECT reservation_id FROM reservation
            WHERE state = 1 AND expire_time <= @Now
            ORDER BY expire_time
            LIMIT @Limit
            FOR UPDATE SKIP LOCKED
        ),
        ended AS (
            UPDATE reservation r SET state = @To FROM over WHERE r.reservation_id = over.reservation_id AND r.state = @From RETURNING r.reservation_id
        ),
        """ + "\n" + MoveStock;

    // The rows are locked first and in order; what a waiter sees is what the one before it has left. An id that is known locks no stock: a
    // commit of the same reservation, which locks it before the stock, would otherwise wait for this and this for it.
    private const string Reserve =
        """
        WITH wanted AS (
            SELECT book_id, quantity FROM unnest(@BookIds, @Quantities) AS w (book_id, quantity)
        ),
        locked AS MATERIALIZED (
            SELECT s.book_id, w.quantity, s.on_hand - s.reserved AS available
            FROM stock s
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
            SET reserved = s.reserved + locked.quantity
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
