using System.Data.Common;
using BooksForYou.Cart.Sales;
using BooksForYou.ServiceKit.Storage;
using BooksForYou.ServiceKit.Telemetry;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace BooksForYou.Cart.Cancellations;

/// <summary>The cancellations. Every write after the first names the lease under which it is made, as those of a sale do.</summary>
internal sealed class CancellationStore([FromKeyedServices("Cart")] Database database, TimeProvider time, IOptions<CartOptions> options)
{
    private const string Columns =
        "order_id AS OrderId, reservation_id AS ReservationId, state AS State, lease AS Lease, attempts AS Attempts, traceparent AS Trace";
    private const string Held = "order_id = @OrderId AND lease = @Lease";

    private readonly string _skipLocked = database.Dialect == DatabaseDialect.PostgreSql ? "FOR UPDATE SKIP LOCKED" : "";

    private DateTimeOffset LeaseUntil => time.GetUtcNow() + options.Value.Lease;

    /// <summary>Reads the cancellation of an order.</summary>
    public async Task<Cancellation?> FindAsync(string orderId, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<Cancellation>(new CommandDefinition(
            $"SELECT {Columns} FROM cancellation WHERE order_id = @orderId", new { orderId }, cancellationToken: cancellationToken));
    }

    /// <summary>Writes a new cancellation.</summary>
    /// <returns>Whether it was written: not so when the order has one.</returns>
    public Task<bool> TryBeginAsync(Cancellation cancellation, CancellationToken cancellationToken) => database.StatementAsync(
        (connection, _) => AnyAsync(
            connection,
            """
            INSERT INTO cancellation (order_id, reservation_id, state, lease, lease_until, attempts, created_at, updated_at, traceparent)
            VALUES (@OrderId, @ReservationId, 'Refunding', @Lease, @Until, 0, @Now, @Now, @trace)
            ON CONFLICT DO NOTHING
            RETURNING 1
            """,
            new { cancellation.OrderId, cancellation.ReservationId, cancellation.Lease, Until = LeaseUntil, Now = time.GetUtcNow(), trace = TraceParent.Current }),
        cancellationToken);

    /// <summary>Writes where the cancellation stands now, and renews the lease.</summary>
    /// <returns>The cancellation as it is.</returns>
    /// <exception cref="LeaseLostException">Somebody else has taken it over.</exception>
    public async Task<Cancellation> AdvanceAsync(Cancellation cancellation, CancellationState state) => await WriteAsync(
        $"UPDATE cancellation SET state = @State, lease_until = @Until, updated_at = @Now WHERE {Held} RETURNING 1",
        new { cancellation.OrderId, cancellation.Lease, State = state.ToString(), Until = LeaseUntil, Now = time.GetUtcNow() })
        ? cancellation with { State = state }
        : throw new LeaseLostException();

    /// <summary>Takes a cancellation back that turned out not to be possible.</summary>
    public Task DeleteAsync(Cancellation cancellation) =>
        WriteAsync($"DELETE FROM cancellation WHERE {Held} RETURNING 1", new { cancellation.OrderId, cancellation.Lease });

    /// <summary>Renews the lease.</summary>
    /// <returns>Whether it was still held.</returns>
    public Task<bool> RenewAsync(Cancellation cancellation) => WriteAsync(
        $"UPDATE cancellation SET lease_until = @Until WHERE {Held} AND state <> 'Done' RETURNING 1",
        new { cancellation.OrderId, cancellation.Lease, Until = LeaseUntil });

    /// <summary>Gives the lease back, for the cancellation to be carried on after a pause, which doubles each time.</summary>
    public Task PostponeAsync(Cancellation cancellation) => WriteAsync(
        $"UPDATE cancellation SET lease_until = @Until, attempts = attempts + 1 WHERE {Held} RETURNING 1",
        new { cancellation.OrderId, cancellation.Lease, Until = time.GetUtcNow() + Backoff.After(cancellation.Attempts) });

    /// <summary>Takes over cancellations whose lease is over. Whoever asks at the same time gets others.</summary>
    public async Task<IReadOnlyList<Cancellation>> TakeStaleAsync(int limit, CancellationToken cancellationToken) =>
        [.. await database.StatementAsync(
            (connection, _) => connection.QueryAsync<Cancellation>(
                $"""
                UPDATE cancellation
                SET lease = lease + 1, lease_until = @Until, updated_at = @Now
                WHERE order_id IN (
                    SELECT order_id FROM cancellation
                    WHERE state <> 'Done' AND lease_until < @Now
                    ORDER BY lease_until
                    LIMIT @Limit
                    {_skipLocked})
                RETURNING {Columns}
                """,
                new { Until = LeaseUntil, Now = time.GetUtcNow(), Limit = limit }),
            cancellationToken)];

    private static async Task<bool> AnyAsync(DbConnection connection, string sql, object parameters) =>
        await connection.QuerySingleOrDefaultAsync<int?>(sql, parameters) is not null;

    private Task<bool> WriteAsync(string sql, object parameters) =>
        database.StatementAsync((connection, _) => AnyAsync(connection, sql, parameters));
}
