using BooksForYou.ServiceKit.Errors;
using BooksForYou.ServiceKit.Storage;
using BooksForYou.ServiceKit.Testing;

namespace BooksForYou.Inventory.Tests.Stock;

/// <summary>Hundreds of callers at once, from several processes' worth of connections.</summary>
public sealed class ReservationRaceTests
{
    private static readonly TimeSpan Quarter = TimeSpan.FromMinutes(15);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Last_copies_many_buyers_sells_each_once(DatabaseDialect engine)
    {
        const int Copies = 40;
        const int Buyers = 300;
        await using var shop = await Bookshop.OpenAsync(engine);
        var book = await shop.AddAsync(Copies, Bookshop.Draft("A"), Bookshop.Draft("B"), Bookshop.Draft("C"));
        Inventory.Stock.Reservations[] replicas = [shop.Replica(), shop.Replica(), shop.Replica()];

        // In different orders, which must not lead two buyers to wait for each other.
        var sold = await Task.WhenAll(Enumerable.Range(0, Buyers).Select(buyer => Task.Run(() => BuyAsync(
            replicas[buyer % replicas.Length],
            $"r{buyer}",
            buyer % 2 == 0 ? [new(book, 1), new(book + 1, 1), new(book + 2, 1)] : [new(book + 2, 1), new(book + 1, 1), new(book, 1)]))));

        Assert.Equal(Copies, sold.Count(bought => bought));
        Assert.Equal(0, await shop.AvailableAsync(book));
        Assert.Equal(0, (await shop.Stock.SumAsync(book + 1, Token)).Total);
        await shop.AssertLedgerAsync();
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Reserve_same_id_from_many_callers_takes_once(DatabaseDialect engine)
    {
        await using var shop = await Bookshop.OpenAsync(engine);
        var book = await shop.AddAsync(3, Bookshop.Draft("A"), Bookshop.Draft("B"));
        Inventory.Stock.Reservations[] replicas = [shop.Replica(), shop.Replica()];

        await Task.WhenAll(Enumerable.Range(0, 100).Select(caller => Task.Run(
            () => replicas[caller % 2].ReserveAsync("r", [new(book, 2), new(book + 1, 3)], Quarter, Token))));

        Assert.Equal((1, 0), (await shop.AvailableAsync(book), await shop.AvailableAsync(book + 1)));
        await shop.AssertLedgerAsync();
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Reserve_and_release_of_the_last_copies_is_held_or_short_and_nothing_else(DatabaseDialect engine)
    {
        await using var shop = await Bookshop.OpenAsync(engine);
        var book = await shop.AddAsync(3, Bookshop.Draft("A"), Bookshop.Draft("B"));
        Inventory.Stock.Reservations[] replicas = [shop.Replica(), shop.Replica()];

        await Task.WhenAll(Enumerable.Range(0, 60).Select(caller => Task.Run(async () =>
        {
            for (var turn = 0; turn < 8; turn++)
            {
                try
                {
                    await replicas[caller % 2].ReserveAsync($"r{caller}-{turn}", [new(book, 1 + (turn % 2)), new(book + 1, 2)], Quarter, Token);
                }
                catch (FailedPreconditionException)
                {
                    // Short: others hold the copies at present.
                }

                await replicas[caller % 2].ReleaseAsync($"r{caller}-{turn}", Token);
            }
        })));

        Assert.Equal((3, 3), (await shop.AvailableAsync(book), await shop.AvailableAsync(book + 1)));
        await shop.AssertLedgerAsync();
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Commit_against_expiry_exactly_one_wins(DatabaseDialect engine)
    {
        const int Sales = 60;
        await using var shop = await Bookshop.OpenAsync(engine);
        var book = await shop.AddAsync(Sales, Bookshop.Draft("A"));
        Inventory.Stock.Reservations[] sweepers = [shop.Replica(), shop.Replica()];
        for (var i = 0; i < Sales; i++)
        {
            await shop.Reservations.ReserveAsync($"r{i}", [new(book, 1)], Quarter, Token);
        }

        shop.Clock.Advance(Quarter);
        var commits = Enumerable.Range(0, Sales).Select(i => Task.Run(() => CommitAsync(shop.Reservations, $"r{i}"))).ToList();
        var sweeps = sweepers.Select(sweeper => Task.Run(() => sweeper.ExpireAsync(Token))).ToList();
        var committed = (await Task.WhenAll(commits)).Count(done => done);
        var expired = (await Task.WhenAll(sweeps)).Sum();

        Assert.Equal(Sales, committed + expired);
        Assert.Equal(Sales - committed, await shop.AvailableAsync(book));
        await shop.AssertLedgerAsync();
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Everything_at_once_keeps_the_ledger_exact(DatabaseDialect engine)
    {
        await using var shop = await Bookshop.OpenAsync(engine);
        var first = await shop.AddAsync(30, [.. Enumerable.Range(0, 5).Select(i => Bookshop.Draft($"Book {i}"))]);
        Inventory.Stock.Reservations[] replicas = [shop.Replica(), shop.Replica()];

        await Task.WhenAll(Enumerable.Range(0, 200).Select(caller => Task.Run(() => LiveAsync(shop, replicas[caller % 2], first, caller))));

        await shop.AssertLedgerAsync();
        for (var book = first; book < first + 5; book++)
        {
            var totals = await shop.Stock.SumAsync(book, Token);
            Assert.Equal(totals.Total - totals.Held, await shop.AvailableAsync(book));
            Assert.True(totals.Total >= totals.Held);
        }
    }

    private static async Task LiveAsync(Bookshop shop, Inventory.Stock.Reservations reservations, int first, int caller)
    {
        var random = new Random(caller);
        var id = $"r{random.Next(60)}";
        var start = random.Next(4);
        for (var step = 0; step < 4; step++)
        {
            try
            {
                await (random.Next(6) switch
                {
                    0 or 1 => reservations.ReserveAsync(
                        id,
                        [new(first + start, 1 + (start % 2)), new(first + start + 1, 2)],
                        TimeSpan.FromSeconds(1 + random.Next(60)),
                        Token),
                    2 => reservations.CommitAsync(id, Token),
                    3 => reservations.ReleaseAsync(id, Token),
                    4 => reservations.ReturnAsync(id, Token),
                    _ => shop.Ledger.AdjustAsync($"a{caller}-{step}", first + start, random.Next(2) == 0 ? -1 : 2, "count", Token),
                });
                if (step == 2)
                {
                    shop.Clock.Advance(TimeSpan.FromSeconds(1));
                    await reservations.ExpireAsync(Token);
                }
            }
            catch (StatusException refused) when (refused is FailedPreconditionException or NotFoundException or AlreadyExistsException)
            {
                // Refused is as good as done, as long as the ledger is right.
            }
        }
    }

    private static async Task<bool> BuyAsync(
        Inventory.Stock.Reservations reservations, string id, IReadOnlyList<Inventory.Stock.ReservationLine> lines)
    {
        try
        {
            await reservations.ReserveAsync(id, lines, Quarter, Token);
        }
        catch (FailedPreconditionException)
        {
            return false;
        }

        return await CommitAsync(reservations, id);
    }

    private static async Task<bool> CommitAsync(Inventory.Stock.Reservations reservations, string id)
    {
        try
        {
            await reservations.CommitAsync(id, Token);
            return true;
        }
        catch (FailedPreconditionException)
        {
            return false;
        }
    }
}
