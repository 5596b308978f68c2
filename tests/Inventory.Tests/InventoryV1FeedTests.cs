using BooksForYou.Contracts.Inventory.V1;
using BooksForYou.ServiceKit.Storage;
using BooksForYou.ServiceKit.Testing;
using Grpc.Core;

namespace BooksForYou.Inventory.Tests;

/// <summary>The feed over gRPC, with two processes on one database.</summary>
public sealed class InventoryV1FeedTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task FollowBooks_all_there_is_then_what_another_process_changes(DatabaseDialect engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var here = await RunningInventory.StartAsync(database);
        await using var there = await RunningInventory.StartAsync(database);
        using var call = here.Client.FollowBooks(new FollowBooksRequest(), cancellationToken: Token);
        var first = await ReadUntilCaughtUpAsync(call);
        Assert.Equal(Enumerable.Range(1, 438), first.Books.Select(book => book.BookId));
        Assert.All(first.Books, book => Assert.Equal(0, book.Available));

        var changed = first.Books[4].Clone();
        changed.Price.Cents += 100;
        await there.Client.UpdateBookAsync(new UpdateBookRequest { Book = changed }, cancellationToken: Token);
        var second = await ReadUntilCaughtUpAsync(call);
        Assert.Equal(changed, Assert.Single(second.Books));

        using var resumed = there.Client.FollowBooks(new FollowBooksRequest { Cursor = first.Cursor }, cancellationToken: Token);
        Assert.Equal(changed, Assert.Single((await ReadUntilCaughtUpAsync(resumed)).Books));
        using var current = there.Client.FollowBooks(new FollowBooksRequest { Cursor = second.Cursor }, cancellationToken: Token);
        Assert.Empty((await ReadUntilCaughtUpAsync(current)).Books);
    }

    [Fact]
    public async Task FollowBooks_cursor_of_nobody_is_out_of_range()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseDialect.Sqlite);
        await using var running = await RunningInventory.StartAsync(database);
        using var call = running.Client.FollowBooks(new FollowBooksRequest { Cursor = "nonsense" }, cancellationToken: Token);

        var refused = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(Token));

        Assert.Equal(StatusCode.OutOfRange, refused.StatusCode);
    }

    private static async Task<(List<Book> Books, string Cursor)> ReadUntilCaughtUpAsync(AsyncServerStreamingCall<FollowBooksResponse> call)
    {
        var books = new List<Book>();
        while (await call.ResponseStream.MoveNext(Token))
        {
            if (call.ResponseStream.Current.CaughtUp)
            {
                return (books, call.ResponseStream.Current.Cursor);
            }

            books.Add(call.ResponseStream.Current.Book);
        }

        throw new InvalidOperationException("The feed has ended.");
    }
}
