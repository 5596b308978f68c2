using System.Data.Common;
using System.Text.Json;
using BooksForYou.ServiceKit.Storage;
using Dapper;

namespace BooksForYou.Inventory.Stock;

/// <summary>
/// Reservations on SQLite. There is one writer at a time, so what a transaction has read stays as it is until it commits.
/// </summary>
internal sealed class SqliteReservationStore(Database database) : ReservationStore(database)
{
    private readonly Database _database = database;

    public override Task<IReadOnlyList<LineStock>?> TryReserveAsync(
        string id, IReadOnlyList<ReservationLine> lines, DateTimeOffset expireTime, CancellationToken cancellationToken) => _database.TransactionAsync(
        async (connection, token) =>
        {
            var parameters = new { Id = id, Lines = Json(lines.Select(line => new[] { line.BookId, line.Quantity })), ExpireTime = expireTime };
            var found = (await QueryAsync<LineStock>(
                connection,
                """
                SELECT json_extract(w.value, '$[0]') AS BookId, json_extract(w.value, '$[1]') AS Quantity, s.on_hand - s.reserved AS Available
                FROM json_each(@Lines) w
                LEFT JOIN stock s ON s.book_id = json_extract(w.value, '$[0]')
                """,
                parameters,
                token)).AsList();
            var isNew = await connection.ExecuteScalarAsync<int>(new CommandDefinition(
                "SELECT count(*) FROM reservation WHERE reservation_id = @Id", parameters, cancellationToken: token)) == 0;
            if (!isNew || found.Exists(line => line.Available is null || line.Available < line.Quantity))
            {
                return (IReadOnlyList<LineStock>)found;
            }

            await ExecuteAsync(
                connection,
                """
                INSERT INTO reservation (reservation_id, state, expire_time) VALUES (@Id, 1, @ExpireTime);

                INSERT INTO reservation_line (reservation_id, book_id, quantity)
                SELECT @Id, json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(@Lines);

                UPDATE stock SET reserved = reserved + l.quantity
                FROM reservation_line l
                WHERE l.reservation_id = @Id AND l.book_id = stock.book_id;
                """,
                parameters,
                token);
            return null;
        },
        cancellationToken);

    public override Task<bool> TryMoveAsync(string id, ReservationMove move, DateTimeOffset now, CancellationToken cancellationToken) =>
        _database.TransactionAsync(
        async (connection, token) => await MoveAsync(connection, [id], move, now, token) == 1,
        cancellationToken);

    public override async Task<int> ExpireAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken)
    {
        // Most of the time there is nothing to do, and then no writer is kept waiting.
        var parameters = new { now, limit };
        const string Over = "SELECT reservation_id FROM reservation WHERE state = 1 AND expire_time <= @now ORDER BY expire_time LIMIT @limit";
        await using (var reader = await _database.OpenConnectionAsync(cancellationToken))
        {
            if (!(await QueryAsync<string>(reader, Over, parameters, cancellationToken)).Any())
            {
                return 0;
            }
        }

        return await _database.TransactionAsync(
            async (connection, token) => await MoveAsync(
                connection, await QueryAsync<string>(connection, Over, parameters, token), ReservationMove.Expire, now, token),
            cancellationToken);
    }

    private static async Task<int> MoveAsync(
        DbConnection connection, IEnumerable<string> ids, ReservationMove move, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var moved = (await QueryAsync<string>(
            connection,
            "UPDATE reservation SET state = @To WHERE reservation_id IN (SELECT value FROM json_each(@Ids)) AND state = @From RETURNING reservation_id",
            new { move.To, move.From, Ids = Json(ids) },
            cancellationToken)).AsList();
        if (moved.Count == 0)
        {
            return 0;
        }

        await ExecuteAsync(
            connection,
            """
            UPDATE stock
            SET on_hand = on_hand + @OnHand * l.quantity, reserved = reserved + @Reserved * l.quantity, sold = sold + @Sold * l.quantity
            FROM (
                SELECT book_id, sum(quantity) AS quantity
                FROM reservation_line
                WHERE reservation_id IN (SELECT value FROM json_each(@Ids))
                GROUP BY book_id
            ) AS l
            WHERE l.book_id = stock.book_id;

            INSERT INTO stock_entry (book_id, create_time, delta, reason, reference)
            SELECT book_id, @Now, @OnHand * quantity, @Reason, reservation_id
            FROM reservation_line
            WHERE reservation_id IN (SELECT value FROM json_each(@Ids)) AND @OnHand <> 0;
            """,
            new { move.OnHand, move.Reserved, move.Sold, move.Reason, Ids = Json(moved), Now = now },
            cancellationToken);
        return moved.Count;
    }

    private static Task<IEnumerable<T>> QueryAsync<T>(
        DbConnection connection, string sql, object parameters, CancellationToken cancellationToken) =>
        connection.QueryAsync<T>(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken));

    private static Task<int> ExecuteAsync(DbConnection connection, string sql, object parameters, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken));

    private static string Json<T>(IEnumerable<T> values) => JsonSerializer.Serialize(values);
}
