using BooksForYou.ServiceKit.Errors;
using BooksForYou.ServiceKit.Storage;
using BooksForYou.ServiceKit.Testing;
using Dapper;

namespace BooksForYou.Inventory.Tests.Stock;

public sealed class StockLedgerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Adjust_writes_an_entry_and_answers_again_with_the_first_answer(DatabaseDialect engine)
    {
        await using var shop = await Bookshop.OpenAsync(engine);
        var book = await shop.AddAsync(5, Bookshop.Draft("A"));

        Assert.Equal(15, await shop.Ledger.AdjustAsync("delivery", book, 10, "delivery of May", Token));
        Assert.Equal(12, await shop.Ledger.AdjustAsync("loss", book, -3, "water damage", Token));
        Assert.Equal(15, await shop.Ledger.AdjustAsync("delivery", book, 10, "delivery of May", Token));

        var entries = await shop.Stock.ListEntriesAsync(book, long.MaxValue, 10, Token);
        Assert.Equal(["water damage", "delivery of May", "initial stock"], entries.Select(entry => entry.Reason));
        Assert.Equal(shop.Clock.GetUtcNow(), entries[0].CreateTime);
        Assert.Equal(12, await shop.AvailableAsync(book));
        await shop.AssertLedgerAsync();
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Adjust_same_id_for_something_else_already_exists(DatabaseDialect engine)
    {
        await using var shop = await Bookshop.OpenAsync(engine);
        var book = await shop.AddAsync(5, Bookshop.Draft("A"));
        await shop.Ledger.AdjustAsync("a", book, 10, "delivery", Token);

        await Assert.ThrowsAsync<AlreadyExistsException>(() => shop.Ledger.AdjustAsync("a", book, 11, "delivery", Token));
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Adjust_below_what_is_reserved_is_refused_and_may_be_tried_again(DatabaseDialect engine)
    {
        await using var shop = await Bookshop.OpenAsync(engine);
        var book = await shop.AddAsync(5, Bookshop.Draft("A"));
        await shop.Reservations.ReserveAsync("r", [new(book, 4)], TimeSpan.FromMinutes(1), Token);

        await Assert.ThrowsAsync<FailedPreconditionException>(() => shop.Ledger.AdjustAsync("a", book, -2, "loss", Token));
        await shop.Reservations.ReleaseAsync("r", Token);

        Assert.Equal(3, await shop.Ledger.AdjustAsync("a", book, -2, "loss", Token));
        await shop.AssertLedgerAsync();
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Adjust_above_what_can_be_counted_is_refused(DatabaseDialect engine)
    {
        await using var shop = await Bookshop.OpenAsync(engine);
        var book = await shop.AddAsync(5, Bookshop.Draft("A"));

        await Assert.ThrowsAsync<FailedPreconditionException>(() => shop.Ledger.AdjustAsync("a", book, 1_000_000_000, "delivery", Token));
        await Assert.ThrowsAsync<NotFoundException>(() => shop.Ledger.AdjustAsync("b", book + 1, 1, "delivery", Token));

        await shop.AssertLedgerAsync();
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Adjust_same_id_from_many_callers_counts_once(DatabaseDialect engine)
    {
        await using var shop = await Bookshop.OpenAsync(engine);
        var book = await shop.AddAsync(5, Bookshop.Draft("A"));

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 30).Select(_ => Task.Run(() => shop.Ledger.AdjustAsync("a", book, 7, "delivery", Token))));

        Assert.All(answers, answer => Assert.Equal(12, answer));
        Assert.Equal(12, await shop.AvailableAsync(book));
        await shop.AssertLedgerAsync();
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task CheckLedger_stock_changed_past_the_ledger_is_found(DatabaseDialect engine)
    {
        await using var shop = await Bookshop.OpenAsync(engine);
        var book = await shop.AddAsync(5, Bookshop.Draft("A"), Bookshop.Draft("B"));
        await shop.Database.TransactionAsync(
            (connection, _) => connection.ExecuteAsync("UPDATE stock SET on_hand = 6 WHERE book_id = @book", new { book }), Token);

        var found = Assert.Single(await shop.Stock.CheckLedgerAsync(Token));

        Assert.Equal((book, 6, 5), (found.BookId, found.OnHand, found.LedgerTotal));
    }
}
