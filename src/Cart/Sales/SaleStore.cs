using System.Data.Common;
using BooksForYou.Cart.Baskets;
using BooksForYou.ServiceKit.Storage;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace BooksForYou.Cart.Sales;

/// <summary>
/// The sales. Every write after the first names the lease under which it is made, and fails with <see cref="LeaseLostException"/> when
/// somebody else has taken the sale over: a worker that was stopped for a while and comes back can undo nothing.
/// </summary>
internal sealed class SaleStore([FromKeyedServices("Cart")] Database database, TimeProvider time, IOptions<CartOptions> options)
{
    private readonly SaleSql _sql = SaleSql.For(database.Dialect);

    private DateTimeOffset LeaseUntil => time.GetUtcNow() + options.Value.Lease;

    /// <summary>Reads all that a checkout has to know, in one round trip.</summary>
    /// <returns>The sale of the key, the visitor's basket, and whether a sale of the visitor is under way, be it this one.</returns>
    public async Task<(Sale? Sale, StoredBasket Basket, bool IsUnderWay)> ReadAsync(
        string key, string visitorId, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var results = await connection.QueryMultipleAsync(new CommandDefinition(
            $"""
            SELECT count(*) FROM sale WHERE visitor_id = @visitorId AND answer IS NULL;
            SELECT items AS Items, revision AS Revision FROM basket WHERE visitor_id = @visitorId;
            SELECT {SaleSql.Columns} FROM sale WHERE idempotency_key = @key;
            """,
            new { key, visitorId },
            cancellationToken: cancellationToken));

        // In this sequence: a sale of this very key that begins meanwhile is not taken for another one.
        var isUnderWay = await results.ReadSingleAsync<long>() > 0;
        var basket = await results.ReadSingleOrDefaultAsync<BasketRow>();
        var sale = await results.ReadSingleOrDefaultAsync<Sale>();
        return (sale, basket?.ToBasket() ?? StoredBasket.Empty, isUnderWay);
    }

    /// <summary>Reads the sale of a key.</summary>
    public async Task<Sale?> FindAsync(string key, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<Sale>(new CommandDefinition(
            $"SELECT {SaleSql.Columns} FROM sale WHERE idempotency_key = @key", new { key }, cancellationToken: cancellationToken));
    }

    /// <summary>Writes a new sale of the basket that was read at a revision.</summary>
    /// <returns>
    /// Whether it was written: not so when the key is taken, when another sale of the visitor is under way, or when the basket has changed.
    /// </returns>
    public Task<bool> TryBeginAsync(Sale sale, long revision, CancellationToken cancellationToken) => database.StatementAsync(
        (connection, _) => AnyAsync(connection, _sql.Begin, Parameters(sale, sale.State, revision)),
        cancellationToken);

    /// <summary>Writes where the sale stands now, and renews the lease.</summary>
    /// <param name="before">The sale as it was.</param>
    /// <param name="after">The sale as it is.</param>
    /// <param name="soon">Whether it is enough that it reaches the disk soon, since what was written before leads to the same end.</param>
    /// <returns>The sale as it is.</returns>
    /// <exception cref="LeaseLostException">Somebody else has taken it over.</exception>
    public async Task<Sale> AdvanceAsync(Sale before, Sale after, bool soon = false) =>
        await WriteAsync(soon ? _sql.AdvanceSoon : _sql.Advance, after, before.State) ? after : throw new LeaseLostException();

    /// <summary>Writes that the sale is over and takes what was sold out of the basket. What was added meanwhile stays.</summary>
    /// <returns>The sale as it is.</returns>
    /// <exception cref="LeaseLostException">Somebody else has taken it over.</exception>
    public async Task<Sale> FinishSoldAsync(Sale before, byte[] answer)
    {
        var sold = before with { State = SaleState.Done, Answer = answer };
        return await WriteAsync(_sql.FinishSold, sold, before.State) ? sold : throw new LeaseLostException();
    }

    /// <summary>
    /// Writes that the sale ends without an answer of its own, since the request was refused. Its key may be used again at once; the row
    /// goes on under the reservation's id until the copies are given back.
    /// </summary>
    /// <returns>The sale under its new key.</returns>
    /// <exception cref="LeaseLostException">Somebody else has taken it over.</exception>
    public async Task<Sale> FreeKeyAsync(Sale before, byte[] answer)
    {
        var freed = before with { Key = before.ReservationId, State = SaleState.Releasing, Answer = answer };
        const string Sql =
            """
            UPDATE sale
            SET idempotency_key = @ReservationId, state = @State, answer = @Answer, updated_at = @Now
            WHERE idempotency_key = @Key AND lease = @Lease AND state = @From
            RETURNING 1
            """;
        return await WriteAsync(Sql, freed with { Key = before.Key }, before.State) ? freed : throw new LeaseLostException();
    }

    /// <summary>Renews the lease.</summary>
    /// <returns>Whether it was still held.</returns>
    public Task<bool> RenewAsync(Sale sale) => database.StatementAsync((connection, _) => AnyAsync(
        connection,
        "UPDATE sale SET lease_until = @Until WHERE idempotency_key = @Key AND lease = @Lease AND state <> 'Done' RETURNING 1",
        new { sale.Key, sale.Lease, Until = LeaseUntil }));

    /// <summary>Gives the lease back, for the sale to be carried on after a pause, which doubles each time.</summary>
    public Task PostponeAsync(Sale sale) => database.StatementAsync((connection, _) => AnyAsync(
        connection,
        "UPDATE sale SET lease_until = @Until, attempts = attempts + 1 WHERE idempotency_key = @Key AND lease = @Lease RETURNING 1",
        new { sale.Key, sale.Lease, Until = time.GetUtcNow() + Backoff.After(sale.Attempts) }));

    /// <summary>Takes over sales whose lease is over. Whoever asks at the same time gets others.</summary>
    public async Task<IReadOnlyList<Sale>> TakeStaleAsync(int limit, CancellationToken cancellationToken) =>
        [.. await database.StatementAsync(
            (connection, _) => connection.QueryAsync<Sale>(
                _sql.TakeStale, new { Until = LeaseUntil, Now = time.GetUtcNow(), Limit = limit }),
            cancellationToken)];

    private static async Task<bool> AnyAsync(DbConnection connection, string sql, object parameters) =>
        await connection.QuerySingleOrDefaultAsync<int?>(sql, parameters) is not null;

    private Task<bool> WriteAsync(string sql, Sale sale, SaleState before)
    {
        var parameters = Parameters(sale, before);
        return database.StatementAsync((connection, _) => AnyAsync(connection, sql, parameters));
    }

    private object Parameters(Sale sale, SaleState before, long revision = 0) => new
    {
        sale.Key,
        sale.VisitorId,
        sale.RequestHash,
        State = sale.State.ToString(),
        From = before.ToString(),
        sale.Lines,
        sale.ReservationId,
        sale.OrderId,
        sale.Answer,
        sale.Lease,
        sale.Trace,
        Until = LeaseUntil,
        Now = time.GetUtcNow(),
        Revision = revision,
    };
}
