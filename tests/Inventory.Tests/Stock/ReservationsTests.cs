using BooksForYou.Contracts.Inventory.V1;
using BooksForYou.Inventory.Stock;
using BooksForYou.ServiceKit.Errors;
using BooksForYou.ServiceKit.Storage;
using BooksForYou.ServiceKit.Testing;

namespace BooksForYou.Inventory.Tests.Stock;

public sealed class ReservationsTests
{
    private static readonly TimeSpan Quarter = TimeSpan.FromMinutes(15);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Reserve_enough_copies_holds_them_back(DatabaseDialect engine)
    {
        await using var shop = await Bookshop.OpenAsync(engine);
        var book = await shop.AddAsync(10, Bookshop.Draft("A"), Bookshop.Draft("B"));

        var expires = await shop.Reservations.ReserveAsync("r", [new(book + 1, 4), new(book, 3)], Quarter, Token);

        Assert.Equal(shop.Clock.GetUtcNow() + Quarter, expires);
        Assert.Equal((7, 6), (await shop.AvailableAsync(book), await shop.AvailableAsync(book + 1)));
        await shop.AssertLedgerAsync();
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Reserve_short_takes_nothing_and_names_every_short_book(DatabaseDialect engine)
    {
        await using var shop = await Bookshop.OpenAsync(engine);
        var book = await shop.AddAsync(2, Bookshop.Draft("A"), Bookshop.Draft("B"), Bookshop.Draft("C"));

        var refused = await Assert.ThrowsAsync<FailedPreconditionException>(
            () => shop.Reservations.ReserveAsync("r", [new(book, 3), new(book + 1, 2), new(book + 2, 5)], Quarter, Token));

        var shortages = Assert.Single(refused.Details.OfType<StockShortages>()).Shortages;
        Assert.Equal([(book, 3, 2), (book + 2, 5, 2)], shortages.Select(s => (s.BookId, s.Requested, s.Available)));
        Assert.Equal(2, await shop.AvailableAsync(book + 1));
        await shop.AssertLedgerAsync();
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Reserve_unknown_book_is_not_found_and_takes_nothing(DatabaseDialect engine)
    {
        await using var shop = await Bookshop.OpenAsync(engine);
        var book = await shop.AddAsync(2, Bookshop.Draft("A"));

        await Assert.ThrowsAsync<NotFoundException>(
            () => shop.Reservations.ReserveAsync("r", [new(book, 1), new(book + 7, 1)], Quarter, Token));

        Assert.Equal(2, await shop.AvailableAsync(book));
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Reserve_again_renews_and_takes_nothing_more(DatabaseDialect engine)
    {
        await using var shop = await Bookshop.OpenAsync(engine);
        var book = await shop.AddAsync(1, Bookshop.Draft("A"));
        await shop.Reservations.ReserveAsync("r", [new(book, 1)], Quarter, Token);
        shop.Clock.Advance(TimeSpan.FromMinutes(10));

        var expires = await shop.Reservations.ReserveAsync("r", [new(book, 1)], Quarter, Token);
        shop.Clock.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal(shop.Clock.GetUtcNow() + TimeSpan.FromMinutes(5), expires);
        Assert.Equal(0, await shop.Reservations.ExpireAsync(Token));
        Assert.Equal(0, await shop.AvailableAsync(book));
        await shop.AssertLedgerAsync();
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Reserve_same_id_with_other_lines_already_exists(DatabaseDialect engine)
    {
        await using var shop = await Bookshop.OpenAsync(engine);
        var book = await shop.AddAsync(5, Bookshop.Draft("A"));
        await shop.Reservations.ReserveAsync("r", [new(book, 1)], Quarter, Token);

        await Assert.ThrowsAsync<AlreadyExistsException>(() => shop.Reservations.ReserveAsync("r", [new(book, 2)], Quarter, Token));

        Assert.Equal(4, await shop.AvailableAsync(book));
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Reserve_after_the_end_fails(DatabaseDialect engine)
    {
        await using var shop = await Bookshop.OpenAsync(engine);
        var book = await shop.AddAsync(5, Bookshop.Draft("A"));
        await shop.Reservations.ReserveAsync("r", [new(book, 1)], Quarter, Token);
        await shop.Reservations.ReleaseAsync("r", Token);

        await Assert.ThrowsAsync<FailedPreconditionException>(() => shop.Reservations.ReserveAsync("r", [new(book, 1)], Quarter, Token));

        Assert.Equal(5, await shop.AvailableAsync(book));
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Reserve_when_others_have_expired_takes_their_copies(DatabaseDialect engine)
    {
        await using var shop = await Bookshop.OpenAsync(engine);
        var book = await shop.AddAsync(1, Bookshop.Draft("A"));
        await shop.Reservations.ReserveAsync("slow", [new(book, 1)], Quarter, Token);
        shop.Clock.Advance(Quarter);

        await shop.Reservations.ReserveAsync("quick", [new(book, 1)], Quarter, Token);

        await Assert.ThrowsAsync<FailedPreconditionException>(() => shop.Reservations.CommitAsync("slow", Token));
        await shop.Reservations.CommitAsync("quick", Token);
        await shop.AssertLedgerAsync();
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Commit_sells_the_copies_once(DatabaseDialect engine)
    {
        await using var shop = await Bookshop.OpenAsync(engine);
        var book = await shop.AddAsync(10, Bookshop.Draft("A"));
        await shop.Reservations.ReserveAsync("r", [new(book, 3)], Quarter, Token);

        await shop.Reservations.CommitAsync("r", Token);
        await shop.Reservations.CommitAsync("r", Token);

        var entry = (await shop.Stock.ListEntriesAsync(book, long.MaxValue, 10, Token))[0];
        Assert.Equal((-3, "sold", "r"), (entry.Delta, entry.Reason, entry.Reference));
        Assert.Equal(7, (await shop.Stock.SumAsync(book, Token)).Total);
        Assert.Equal(7, await shop.AvailableAsync(book));
        await shop.AssertLedgerAsync();
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Commit_unknown_is_not_found(DatabaseDialect engine)
    {
        await using var shop = await Bookshop.OpenAsync(engine);

        await Assert.ThrowsAsync<NotFoundException>(() => shop.Reservations.CommitAsync("r", Token));
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Commit_after_expiry_fails_and_says_why(DatabaseDialect engine)
    {
        await using var shop = await Bookshop.OpenAsync(engine);
        var book = await shop.AddAsync(1, Bookshop.Draft("A"));
        await shop.Reservations.ReserveAsync("r", [new(book, 1)], Quarter, Token);
        shop.Clock.Advance(Quarter);
        Assert.Equal(1, await shop.Reservations.ExpireAsync(Token));

        var refused = await Assert.ThrowsAsync<FailedPreconditionException>(() => shop.Reservations.CommitAsync("r", Token));

        Assert.Equal("RESERVATION_EXPIRED", Assert.Single(refused.Details.OfType<Google.Rpc.ErrorInfo>()).Type);
        Assert.Equal(1, await shop.AvailableAsync(book));
        await shop.AssertLedgerAsync();
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Release_gives_the_copies_back_once(DatabaseDialect engine)
    {
        await using var shop = await Bookshop.OpenAsync(engine);
        var book = await shop.AddAsync(3, Bookshop.Draft("A"));
        await shop.Reservations.ReserveAsync("r", [new(book, 3)], Quarter, Token);

        await shop.Reservations.ReleaseAsync("r", Token);
        await shop.Reservations.ReleaseAsync("r", Token);

        Assert.Equal(3, await shop.AvailableAsync(book));
        await Assert.ThrowsAsync<FailedPreconditionException>(() => shop.Reservations.CommitAsync("r", Token));
        await shop.AssertLedgerAsync();
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Release_unknown_refuses_a_later_reserve(DatabaseDialect engine)
    {
        await using var shop = await Bookshop.OpenAsync(engine);
        var book = await shop.AddAsync(3, Bookshop.Draft("A"));

        await shop.Reservations.ReleaseAsync("late", Token);

        await Assert.ThrowsAsync<FailedPreconditionException>(() => shop.Reservations.ReserveAsync("late", [new(book, 1)], Quarter, Token));
        Assert.Equal(3, await shop.AvailableAsync(book));
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Release_committed_fails(DatabaseDialect engine)
    {
        await using var shop = await Bookshop.OpenAsync(engine);
        var book = await shop.AddAsync(3, Bookshop.Draft("A"));
        await shop.Reservations.ReserveAsync("r", [new(book, 3)], Quarter, Token);
        await shop.Reservations.CommitAsync("r", Token);

        await Assert.ThrowsAsync<FailedPreconditionException>(() => shop.Reservations.ReleaseAsync("r", Token));

        Assert.Equal(0, await shop.AvailableAsync(book));
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Return_puts_sold_copies_back_once(DatabaseDialect engine)
    {
        await using var shop = await Bookshop.OpenAsync(engine);
        var book = await shop.AddAsync(3, Bookshop.Draft("A"));
        await shop.Reservations.ReserveAsync("r", [new(book, 2)], Quarter, Token);
        await Assert.ThrowsAsync<FailedPreconditionException>(() => shop.Reservations.ReturnAsync("r", Token));
        await shop.Reservations.CommitAsync("r", Token);

        var replica = shop.Replica();
        await Task.WhenAll(Enumerable.Range(0, 20).Select(caller => Task.Run(() => (caller % 2 == 0 ? replica : shop.Reservations).ReturnAsync("r", Token))));

        Assert.Equal(3, await shop.AvailableAsync(book));
        Assert.Equal([2, -2, 3], (await shop.Stock.ListEntriesAsync(book, long.MaxValue, 10, Token)).Select(entry => entry.Delta));
        await shop.AssertLedgerAsync();
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Expire_many_reservations_of_one_book_gives_all_back(DatabaseDialect engine)
    {
        await using var shop = await Bookshop.OpenAsync(engine);
        var book = await shop.AddAsync(300, Bookshop.Draft("A"), Bookshop.Draft("B"));
        for (var i = 0; i < 150; i++)
        {
            await shop.Reservations.ReserveAsync($"r{i}", [new(book, 2), new(book + 1, 1)], Quarter, Token);
        }

        shop.Clock.Advance(Quarter);

        Assert.Equal(150, await shop.Reservations.ExpireAsync(Token));
        Assert.Equal((300, 300), (await shop.AvailableAsync(book), await shop.AvailableAsync(book + 1)));
        await shop.AssertLedgerAsync();
    }
}
