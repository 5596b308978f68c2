using System.Collections.Concurrent;
using System.Diagnostics;
using BooksForYou.Chaos.Tests.Accounts;
using BooksForYou.Chaos.Tests.Customers;
using BooksForYou.Chaos.Tests.Running;
using BooksForYou.Contracts.Cart.V1;
using Grpc.Core;

namespace BooksForYou.Chaos.Tests;

/// <summary>Lets customers buy while processes are killed, lets the shop come to rest, and reads the books.</summary>
internal sealed class ChaosRun(ChaosOptions options, Diary diary)
{
    private static readonly TimeSpan TimeToOpen = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan TimeToSettle = TimeSpan.FromSeconds(30);

    private readonly ConcurrentQueue<Purchase> _purchases = new();
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    /// <summary>Runs, and fails with every finding when the books do not balance.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        Say($"seed {options.Seed}: {options.Customers} customers, {options.CartReplicas} of Cart; CHAOS_SEED={options.Seed} repeats it");
        await using var shop = await Shop.StartAsync(options.CartReplicas, ShelfBook.All);
        try
        {
            await SellOneAsync(shop, customer: 0, cancellationToken);
            Say("the shop is open");
            var began = _clock.Elapsed;
            var leaving = await SellAsync(shop, cancellationToken);
            var sold = _clock.Elapsed - began;
            var settled = await SettleAsync(shop, leaving);
            var books = await new Bookkeeper(shop).ReadAsync(await AskForTheLastTimeAsync(shop));
            var findings = Audit.Of(books);
            Say(new ChaosReport(options, books, sold, settled).ToString(shop.Processes));
            Assert.True(findings.Count == 0, $"Seed {options.Seed}, {findings.Count} findings:\n" + string.Join('\n', findings));
        }
        finally
        {
            shop.KeepLogs(diary.Folder);
        }
    }

    /// <returns>The last customers, who wait for their answers.</returns>
    private async Task<Task> SellAsync(Shop shop, CancellationToken cancellationToken)
    {
        using var closing = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var customers = Enumerable.Range(1, options.Customers)
            .Select(number => new Customer(options.Seed, number, shop.Carts, shop.Door, _purchases).ShopAsync(closing.Token))
            .ToList();
        var killer = new Killer(shop, options, CountAnswers, text => Say($"{text}; {CountAnswers()} answers so far"))
            .RunAsync(cancellationToken);

        // A customer that fails ends the run at once.
        await await Task.WhenAny([killer, .. customers]);
        await closing.CancelAsync();
        await SellOneAsync(shop, options.Customers + 1, cancellationToken);
        Say($"all is up; {_purchases.Count} keys were sent");
        return Task.WhenAll(customers);
    }

    private int CountAnswers() => _purchases.Sum(purchase => purchase.Answers.Count);

    // A process that has said that it serves may still need its time, on a busy machine, to get going.
    private async Task SellOneAsync(Shop shop, int customer, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeToOpen);
        await new Customer(options.Seed, customer, shop.Carts, shop.Door, _purchases).BuyOneAsync(limit.Token);
        Assert.False(limit.IsCancellationRequested, $"Seed {options.Seed}: all processes serve, and nothing is sold for {TimeToOpen}.");
    }

    /// <returns>How long it took until nothing was in limbo.</returns>
    private async Task<TimeSpan> SettleAsync(Shop shop, Task leaving)
    {
        var began = _clock.Elapsed;
        var bookkeeper = new Bookkeeper(shop);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while (true)
        {
            var isEmpty = leaving.IsCompleted;
            IReadOnlyList<string> unfinished =
                [.. await bookkeeper.FindUnfinishedAsync(), .. await bookkeeper.FindUnsentReceiptsAsync()];
            if (isEmpty && unfinished.Count == 0)
            {
                await leaving;
                return _clock.Elapsed - began;
            }

            if (_clock.Elapsed - began > TimeToSettle)
            {
                var limbo = string.Join('\n', unfinished);
                Assert.Fail($"Seed {options.Seed}: in limbo {TimeToSettle.TotalSeconds:0} s after all was up:\n{limbo}");
            }

            await timer.WaitForNextTickAsync();
        }
    }

    /// <summary>Asks for each key how the sale stands, and checks out once more what has been checked out.</summary>
    private async Task<IReadOnlyList<KeyAccount>> AskForTheLastTimeAsync(Shop shop)
    {
        var accounts = new ConcurrentBag<KeyAccount>();
        await Parallel.ForEachAsync(_purchases, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (purchase, _) =>
            accounts.Add(await AskForTheLastTimeAsync(shop.Carts[^1], purchase)));
        return [.. accounts.OrderBy(account => account.Key, StringComparer.Ordinal)];
    }

    private static async Task<KeyAccount> AskForTheLastTimeAsync(CartService.CartServiceClient cart, Purchase purchase)
    {
        CheckoutResponse? final = null;
        try
        {
            var look = new GetSaleRequest { IdempotencyKey = purchase.Key, VisitorId = purchase.Request.VisitorId };
            var headers = await purchase.HeadersAsync(CancellationToken.None);
            final = (await cart.GetSaleAsync(look, headers, DateTime.UtcNow.AddSeconds(20))).Result;
            purchase.Answers.Enqueue(await cart.CheckoutAsync(purchase.Request, headers, DateTime.UtcNow.AddSeconds(20)));
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.NotFound)
        {
            // It never came to a sale.
        }
        catch (RpcException exception)
        {
            purchase.Surprises.Enqueue($"When all was over: {exception.StatusCode}, {exception.Status.Detail}");
        }

        return new KeyAccount
        {
            Key = purchase.Key,
            Card = purchase.Card,
            Answers = [.. purchase.Answers],
            Final = final,
            Surprises = [.. purchase.Surprises],
            CancellationWasAsked = purchase.CancellationWasAsked,
            CancellationWasConfirmed = purchase.CancellationWasConfirmed,
        };
    }

    private void Say(string text) => diary.Write($"[{_clock.Elapsed:mm\\:ss}] {text}");
}
