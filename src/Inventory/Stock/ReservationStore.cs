using BooksForYou.ServiceKit.Storage;
using Dapper;

namespace BooksForYou.Inventory.Stock;

/// <summary>
/// The tables reservation and reservation_line, and what reservations do to stock and its ledger. Every method is one transaction. What
/// takes several rows of stock takes them in the order of the books' numbers, so that no two ever wait for each other.
/// </summary>
internal abstract class ReservationStore(Database database)
{
    /// <summary>The store for the engine in use: moving stock is one statement on PostgreSQL, and several on SQLite, which has no statement
    /// that writes to two tables.</summary>
    public static ReservationStore Create(Database database) => database.Dialect == DatabaseDialect.Sqlite
        ? new SqliteReservationStore(database)
        : new PostgresReservationStore(database);

    /// <summary>Holds all lines back if the id is new and every line is there, else nothing.</summary>
    /// <param name="id">The reservation.</param>
    /// <param name="lines">The lines, each book once.</param>
    /// <param name="expireTime">When it is over.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Null when it is made, else what there is of each line.</returns>
    public abstract Task<IReadOnlyList<LineStock>?> TryReserveAsync(
        string id, IReadOnlyList<ReservationLine> lines, DateTimeOffset expireTime, CancellationToken cancellationToken);

    /// <summary>
    /// Makes a move if the reservation is in the state that the move starts from. The row's state decides between two who try at once.
    /// </summary>
    /// <returns>Whether it was made.</returns>
    public abstract Task<bool> TryMoveAsync(string id, ReservationMove move, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Ends reservations whose time is over, passing over those that another process is ending.</summary>
    /// <param name="now">The time.</param>
    /// <param name="limit">How many to end at the most.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How many were ended.</returns>
    public abstract Task<int> ExpireAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken);

    /// <summary>The state of a reservation and its lines, or null when there is none of that id.</summary>
    public async Task<(
        ReservationState State, IReadOnlyList<ReservationLine> Lines)?> FindAsync(string id, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var rows = (await connection.QueryAsync<FoundRow>(new CommandDefinition(
            """
            SELECT r.state, l.book_id AS BookId, l.quantity
            FROM reservation r
            LEFT JOIN reservation_line l ON l.reservation_id = r.reservation_id
            WHERE r.reservation_id = @id
            ORDER BY l.book_id
            """,
            new { id },
            cancellationToken: cancellationToken))).AsList();
        return rows.Count == 0
            ? null
            : (
                rows[0].State,
                [.. rows.Where(row => row.BookId is not null).Select(row => new ReservationLine(row.BookId!.Value, row.Quantity!.Value))]);
    }

    /// <summary>Lets a held reservation last longer.</summary>
    /// <returns>Whether it was still held.</returns>
    public Task<bool> TryExtendAsync(string id, DateTimeOffset expireTime, CancellationToken cancellationToken) => database.StatementAsync(
        async (connection, token) => await connection.ExecuteAsync(new CommandDefinition(
            "UPDATE reservation SET expire_time = @expireTime WHERE reservation_id = @id AND state = 1",
            new { id, expireTime },
            cancellationToken: token)) == 1,
        cancellationToken);

    /// <summary>Marks an id that is not known as released, so that it can never be reserved.</summary>
    /// <returns>Whether it was not known.</returns>
    public Task<bool> TryReleaseUnknownAsync(string id, DateTimeOffset now, CancellationToken cancellationToken) => database.StatementAsync(
        async (connection, token) => await connection.ExecuteAsync(new CommandDefinition(
            "INSERT INTO reservation (reservation_id, state, expire_time) VALUES (@id, 3, @now) ON CONFLICT (reservation_id) DO NOTHING",
            new { id, now },
            cancellationToken: token)) == 1,
        cancellationToken);

    private sealed class FoundRow
    {
        public ReservationState State { get; init; }

        public int? BookId { get; init; }

        public int? Quantity { get; init; }
    }
}
