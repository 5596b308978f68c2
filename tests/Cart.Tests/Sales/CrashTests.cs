using BooksForYou.Cart.Sales;
using BooksForYou.Cart.Tests.StandIns;
using BooksForYou.Contracts.Cart.V1;
using BooksForYou.Contracts.Transactions.V1;
using BooksForYou.ServiceKit.Storage;
using Google.Protobuf;

namespace BooksForYou.Cart.Tests.Sales;

/// <summary>Stops a sale between every two of its steps, for good or until another process has taken it over.</summary>
public sealed class CrashTests
{
    // Longer than any test: a process that is stopped does not renew its lease.
    private static readonly string[] LongLease = ["--cart-lease", "00:05:00"];
    private static readonly TimeSpan AfterLease = TimeSpan.FromMinutes(6);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(CrashCase.OnEachEngine), MemberType = typeof(CrashCase))]
    public async Task Checkout_process_dies_between_two_steps_another_one_ends_the_sale(DatabaseDialect engine, CrashCase crash)
    {
        var died = new TaskCompletionSource();
        await using var store = await Store.StartAsync(engine, DieAt(crash.DiesAt, died), options: LongLease);
        var request = await ArrangeAsync(store, crash.Sale);
        using var client = new CancellationTokenSource();
        var call = store.Cart.AdaClient.CheckoutAsync(request, cancellationToken: client.Token);
        await died.Task.WaitAsync(TimeSpan.FromMinutes(2), Token);
        await client.CancelAsync();

        var other = await store.AddCartAsync();
        store.Time.Advance(AfterLease);
        await other.RecoverAsync();

        await AssertEndedAsync(store, other, request, crash);
        call.Dispose();
    }

    [Theory, MemberData(nameof(CrashCase.OnEachEngine), MemberType = typeof(CrashCase))]
    public async Task Checkout_process_comes_back_after_another_one_has_ended_the_sale_changes_nothing(
        DatabaseDialect engine, CrashCase crash)
    {
        var stopped = new TaskCompletionSource();
        var goOn = new TaskCompletionSource();
        await using var store = await Store.StartAsync(engine, StopAt(crash.DiesAt, stopped, goOn.Task), options: LongLease);
        var request = await ArrangeAsync(store, crash.Sale);
        var call = store.Cart.AdaClient.CheckoutAsync(request, deadline: DateTime.UtcNow.AddMinutes(1), cancellationToken: Token);
        await stopped.Task.WaitAsync(TimeSpan.FromMinutes(2), Token);

        var other = await store.AddCartAsync();
        store.Time.Advance(AfterLease);
        await other.RecoverAsync();
        goOn.SetResult();

        // The caller of the first process is told what the second one has made of it.
        Assert.Equal(crash.Outcome, (await call).Outcome);
        await AssertEndedAsync(store, other, request, crash);
    }

    [Fact]
    public void CrashCases_cover_every_step() =>
        Assert.Equal(Enum.GetNames<SaleStep>().Order(), CrashCase.All.Select(crash => crash.DiesAt).Distinct().Order());

    [Fact]
    public async Task CrashCases_are_the_rows_of_the_documentation()
    {
        var page = await File.ReadAllLinesAsync(Path.Combine(Repository.Root, "docs", "checkout.md"), Token);

        var rows = page.Select(line => line.Replace("`", "", StringComparison.Ordinal).Split('|', StringSplitOptions.TrimEntries))
            .Where(cells => cells.Length > 4 && Enum.TryParse<SaleStep>(cells[2], out _))
            .Select(cells => new CrashCase(cells[1], cells[2], OutcomeOf(cells[^2])));

        Assert.Equal(CrashCase.All, rows);
    }

    private static SaleOutcome OutcomeOf(string name) =>
        Enum.Parse<SaleOutcome>(name.Replace("_", "", StringComparison.Ordinal), ignoreCase: true);

    private static SaleProbe DieAt(string step, TaskCompletionSource died) => (at, _) =>
    {
        if (at.ToString() != step || died.Task.IsCompleted)
        {
            return ValueTask.CompletedTask;
        }

        died.SetResult();
        throw new ProcessDiedException();
    };

    private static SaleProbe StopAt(string step, TaskCompletionSource stopped, Task goOn) => (at, _) =>
    {
        if (at.ToString() != step || stopped.Task.IsCompleted)
        {
            return ValueTask.CompletedTask;
        }

        stopped.SetResult();
        return new ValueTask(goOn);
    };

    private static Task<CheckoutRequest> ArrangeAsync(Store store, string sale)
    {
        if (sale == CrashCase.TooFew)
        {
            store.Inventory.Interference.Before("ReserveStock", () =>
            {
                store.Inventory.Put(1, 1000, available: 1);
                return Task.CompletedTask;
            });
        }
        else if (sale is CrashCase.Expired or CrashCase.Gone)
        {
            store.Transactions.Interference.After("Charge", () =>
            {
                store.Inventory.ExpireAll();
                if (sale == CrashCase.Gone)
                {
                    store.Inventory.Put(1, 1000, available: 0);
                }

                return Task.CompletedTask;
            });
        }

        else if (sale == CrashCase.PromotionUsed)
        {
            store.Transactions.Interference.Before("Charge", () =>
            {
                store.Transactions.UsedElsewhere.Add(RunningCart.Ada.Subject);
                return Task.CompletedTask;
            });
        }

        return store.FillBasketOfAdaAsync(quantity: 3, sale switch
        {
            CrashCase.Declined => TransactionsStandIn.DeclinedCard,
            CrashCase.Refused => TransactionsStandIn.ImpossibleCard,
            _ => TransactionsStandIn.ApprovedCard,
        });
    }

    private static async Task AssertEndedAsync(Store store, RunningCart cart, CheckoutRequest request, CrashCase crash)
    {
        var answer = await cart.AdaClient.CheckoutAsync(request, cancellationToken: Token);
        Assert.Equal(crash.Outcome, answer.Outcome);
        Assert.Equal(answer.ToByteArray(), (await cart.FindAnswerAsync(request)).ToByteArray());
        await store.AssertConsistentAsync(crash.Sale switch { CrashCase.TooFew => 1, CrashCase.Gone => 0, _ => 10 });

        // The promotion is used by an order that was sold, and by no other.
        Assert.Equal(crash.Outcome == SaleOutcome.Sold, store.Transactions.Orders.Any(order => order is
        {
            BuyTwoGetOneFreePromo: true, State: OrderState.Paid, Total.Cents: 2000,
        }));
        Assert.Equal(crash.Outcome == SaleOutcome.PromotionUsed ? 3000 : 0, answer.Outcome == SaleOutcome.PromotionUsed ? answer.Total.Cents : 0);

        var expectedMoves = crash.Outcome switch { SaleOutcome.Sold => 1, SaleOutcome.Refunded => 2, _ => 0 };
        Assert.Equal(expectedMoves, store.Transactions.MoneyMoves(request.IdempotencyKey));
        Assert.DoesNotContain(store.Transactions.Orders, order => order.State == OrderState.Paid && crash.Outcome != SaleOutcome.Sold);
        Assert.True(store.Transactions.Orders.Count <= 1);
        Assert.Equal(crash.Outcome == SaleOutcome.Sold ? 0 : 1, (await store.GetBasketAsync(request.VisitorId)).Lines.Count);
    }

    private sealed class ProcessDiedException : Exception;
}
