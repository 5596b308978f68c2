using BooksForYou.Inventory.Catalogue;
using BooksForYou.ServiceKit.Errors;
using BooksForYou.ServiceKit.Storage;
using BooksForYou.ServiceKit.Testing;
using Dapper;
using Microsoft.Extensions.Options;

namespace BooksForYou.Inventory.Tests.Catalogue;

public sealed class BookFeedTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Read_from_the_beginning_gives_every_book_in_pages(DatabaseDialect engine)
    {
        await using var shop = await Bookshop.OpenAsync(engine);
        await shop.AddAsync(1, [.. Enumerable.Range(0, 1200).Select(i => Bookshop.Draft($"Book {i}"))]);

        var (pages, seen, cursor, isLast) = (0, new List<int>(), "", false);
        for (; !isLast; pages++)
        {
            var page = await shop.Feed.ReadAsync(cursor, Token);
            seen.AddRange(page.Changes.Select(change => change.Book.BookId));
            (cursor, isLast) = (page.Cursor, page.IsLast);
        }

        Assert.Equal(3, pages);
        Assert.Equal(Enumerable.Range(1, 1200), seen);
        Assert.Empty((await shop.Feed.ReadAsync(cursor, Token)).Changes);
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Read_after_a_cursor_gives_what_changed_since(DatabaseDialect engine)
    {
        await using var shop = await Bookshop.OpenAsync(engine);
        await shop.AddAsync(1, Bookshop.Draft("A"), Bookshop.Draft("B"), Bookshop.Draft("C"));
        var cursor = (await shop.Feed.ReadAsync("", Token)).Cursor;
        await shop.Administration.UpdateAsync(2, Bookshop.Draft("B2"), Token);
        await shop.Administration.UpdateAsync(1, Bookshop.Draft("A2"), Token);
        await shop.Administration.UpdateAsync(2, Bookshop.Draft("B3"), Token);
        await shop.AddAsync(1, Bookshop.Draft("D"));

        var page = await shop.Feed.ReadAsync(cursor, Token);

        Assert.Equal(["A2", "B3", "D"], page.Changes.Select(change => change.Book.Title));
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Read_cursor_of_another_catalogue_is_out_of_range(DatabaseDialect engine)
    {
        await using var lost = await Bookshop.OpenAsync(engine);
        await using var shop = await Bookshop.OpenAsync(engine);
        await lost.AddAsync(1, Bookshop.Draft("A"));
        var cursor = (await lost.Feed.ReadAsync("", Token)).Cursor;

        await Assert.ThrowsAsync<OutOfRangeException>(() => shop.Feed.ReadAsync(cursor, Token));
        await Assert.ThrowsAsync<OutOfRangeException>(() => shop.Feed.ReadAsync("nonsense", Token));
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Read_cursor_later_than_a_restored_backup_is_out_of_range(DatabaseDialect engine)
    {
        await using var shop = await Bookshop.OpenAsync(engine);
        await shop.AddAsync(1, Bookshop.Draft("A"));
        await shop.AddAsync(1, Bookshop.Draft("B"));
        var cursor = (await shop.Feed.ReadAsync("", Token)).Cursor;
        await shop.Database.TransactionAsync(
            (connection, _) => connection.ExecuteAsync("DELETE FROM book WHERE book_id = 2; UPDATE catalogue SET last_change = 1"), Token);

        await Assert.ThrowsAsync<OutOfRangeException>(() => shop.Feed.ReadAsync(cursor, Token));
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Read_while_many_write_misses_no_book(DatabaseDialect engine)
    {
        const int Writers = 6;
        const int Each = 15;
        await using var shop = await Bookshop.OpenAsync(engine);
        var done = Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; i < Each; i++)
            {
                await shop.AddAsync(1, Bookshop.Draft($"Book {writer} {i}"), Bookshop.Draft($"Sequel {writer} {i}"));
            }
        })));

        var (seen, cursor, isOver) = (new HashSet<int>(), "", false);
        while (true)
        {
            // Whether all was written is asked before the look, so that the last look sees all of it.
            isOver = done.IsCompleted;
            var page = await shop.Feed.ReadAsync(cursor, Token);
            seen.UnionWith(page.Changes.Select(change => change.Book.BookId));
            cursor = page.Cursor;
            if (isOver)
            {
                break;
            }
        }

        await done;
        Assert.Equal(Writers * Each * 2, seen.Count);
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Wait_change_in_this_process_ends_it_at_once(DatabaseDialect engine)
    {
        await using var shop = await Bookshop.OpenAsync(engine);
        var patient = new BookFeed(
            shop.Database, shop.Signal, Options.Create(new InventoryOptions { FeedPoll = TimeSpan.FromHours(1) }), TimeProvider.System);
        var waiting = patient.WaitAsync(patient.Changed, Token);

        await shop.AddAsync(1, Bookshop.Draft("A"));

        await waiting.WaitAsync(TimeSpan.FromSeconds(30), Token);
    }
}
