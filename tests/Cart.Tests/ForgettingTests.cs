using BooksForYou.Cart.Baskets;
using BooksForYou.ServiceKit.Forgetting;
using BooksForYou.ServiceKit.Storage;
using BooksForYou.ServiceKit.Testing;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace BooksForYou.Cart.Tests;

public sealed class ForgettingTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Deleted_account_leaves_no_basket_and_no_sale_once_it_is_over(DatabaseDialect engine)
    {
        await using var store = await Store.StartAsync(engine);
        var baskets = store.Cart.Services.GetRequiredService<BasketStore>();
        var (leaving, staying) = ($"account:{Guid.NewGuid():N}", $"account:{Guid.NewGuid():N}");
        await baskets.AddAsync(leaving, 1, 2, price: null, Token);
        await baskets.AddAsync(staying, 1, 2, price: null, Token);
        await WriteSaleAsync(store, "over", leaving, "Done", answer: []);
        await WriteSaleAsync(store, "under way", leaving, "Charging", answer: null);
        await WriteSaleAsync(store, "another's", staying, "Done", answer: []);

        (await TestAccounts.SharedAsync()).Delete(leaving);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while ((await baskets.ReadAsync(leaving, Token)).Items.Count > 0)
        {
            await timer.WaitForNextTickAsync(Token);
        }

        Assert.NotEmpty((await baskets.ReadAsync(staying, Token)).Items);
        Assert.Equal(["another's", "under way"], await KnownSalesAsync(store, leaving, staying));

        // It is over at last, and so is the last token of the account.
        await store.Database.Database.TransactionAsync((connection, _) => connection.ExecuteAsync(
            "UPDATE sale SET state = 'Done', answer = @answer WHERE idempotency_key = 'under way'", new { answer = Array.Empty<byte>() }), Token);
        await baskets.AddAsync(leaving, 2, 1, price: null, Token);
        store.Time.Advance(TimeSpan.FromMinutes(16));
        var deletions = store.Cart.Services.GetRequiredKeyedService<DeletionStore>("Cart");
        await deletions.LookAgainAsync(Token);

        Assert.Empty((await baskets.ReadAsync(leaving, Token)).Items);
        Assert.Equal(["another's"], await KnownSalesAsync(store, leaving, staying));
        await using var connection = await store.Database.Database.OpenConnectionAsync(Token);
        Assert.Equal(0, await connection.ExecuteScalarAsync<long>("SELECT count(*) FROM deleted_account WHERE account_id = @leaving", new { leaving }));
    }

    private static Task<int> WriteSaleAsync(Store store, string key, string owner, string state, byte[]? answer)
    {
        var (now, leaseUntil) = (DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddDays(1));
        return store.Database.Database.TransactionAsync(
            (connection, _) => connection.ExecuteAsync(
                """
                INSERT INTO sale (
                    idempotency_key, visitor_id, request_hash, state, lines, reservation_id, answer, lease, lease_until, attempts, created_at, updated_at)
                VALUES (@key, @owner, '', @state, '{}', @key, @answer, 1, @leaseUntil, 0, @now, @now)
                """,
                new { key, owner, state, answer, leaseUntil, now }),
            Token);
    }

    private static async Task<IEnumerable<string>> KnownSalesAsync(Store store, string one, string other)
    {
        await using var connection = await store.Database.Database.OpenConnectionAsync(Token);
        return await connection.QueryAsync<string>(
            "SELECT idempotency_key FROM sale WHERE visitor_id = @one OR visitor_id = @other ORDER BY idempotency_key", new { one, other });
    }
}
