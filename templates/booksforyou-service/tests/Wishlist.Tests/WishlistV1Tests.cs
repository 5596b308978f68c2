using BooksForYou.Contracts.Wishlist.V1;
using BooksForYou.ServiceKit.Storage;
using BooksForYou.ServiceKit.Testing;
using Grpc.Core;

namespace BooksForYou.Wishlist.Tests;

public sealed class WishlistV1Tests
{
    private const string Ada = "account:00000000000000000000000ada";
    private const string Grace = "account:000000000000000000000grace";

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task AddBook_twice_is_on_the_list_once_and_the_last_one_added_is_first(DatabaseDialect engine)
    {
        await using var running = await RunningWishlist.StartAsync(engine);

        await running.AddAsync(Ada, 1);
        await running.AddAsync(Ada, 2);
        await running.AddAsync(Ada, 1);

        Assert.Equal([2, 1], await running.ListAsync(Ada));
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task AddBook_full_list_is_FAILED_PRECONDITION_and_changes_nothing(DatabaseDialect engine)
    {
        await using var running = await RunningWishlist.StartAsync(engine, "--wishlist-most-books", "1");
        await running.AddAsync(Ada, 1);

        await StatusAssert.FailsAsync(StatusCode.FailedPrecondition, running.Client.AddBookAsync(new AddBookRequest { BookId = 2 }, running.As(Ada)));

        Assert.Equal([1], await running.ListAsync(Ada));
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task RemoveBook_of_ones_own_list_leaves_that_of_others(DatabaseDialect engine)
    {
        await using var running = await RunningWishlist.StartAsync(engine);
        await running.AddAsync(Ada, 1);
        await running.AddAsync(Grace, 1);

        await running.RemoveAsync(Ada, 1);
        await running.RemoveAsync(Ada, 1);

        Assert.Empty(await running.ListAsync(Ada));
        Assert.Equal([1], await running.ListAsync(Grace));
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Deleted_account_has_its_list_forgotten(DatabaseDialect engine)
    {
        await using var running = await RunningWishlist.StartAsync(engine);
        var leaving = $"account:{Guid.NewGuid():N}"[..34];
        await running.AddAsync(leaving, 1);
        await running.AddAsync(Grace, 1);

        running.Accounts.Delete(leaving);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(1));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while ((await running.ListAsync(leaving)).Count > 0)
        {
            await timer.WaitForNextTickAsync(limit.Token);
        }

        Assert.Equal([1], await running.ListAsync(Grace));
    }

    [Fact]
    public async Task AddBook_without_the_number_of_a_book_is_INVALID_ARGUMENT()
    {
        await using var running = await RunningWishlist.StartAsync(DatabaseDialect.Sqlite);

        await StatusAssert.FailsForFieldsAsync(["book_id"], running.Client.AddBookAsync(new AddBookRequest(), running.As(Ada)));
    }

    [Fact]
    public async Task Calls_without_a_token_are_UNAUTHENTICATED()
    {
        await using var running = await RunningWishlist.StartAsync(DatabaseDialect.Sqlite);

        await StatusAssert.FailsAsync(StatusCode.Unauthenticated, running.Client.AddBookAsync(new AddBookRequest { BookId = 1 }));
        await StatusAssert.FailsAsync(StatusCode.Unauthenticated, running.Client.RemoveBookAsync(new RemoveBookRequest { BookId = 1 }));
        await StatusAssert.FailsAsync(StatusCode.Unauthenticated, running.Client.ListBooksAsync(new ListBooksRequest()));
    }
}
