using System.Diagnostics;
using BooksForYou.Cart.Sales;
using BooksForYou.Cart.Tests.StandIns;
using BooksForYou.Contracts.Cart.V1;
using BooksForYou.Contracts.Transactions.V1;
using BooksForYou.ServiceKit.Errors;
using BooksForYou.ServiceKit.Storage;
using BooksForYou.ServiceKit.Testing;
using Grpc.Core;

namespace BooksForYou.Cart.Tests.Sales;

/// <summary>What becomes of sales when other services are away, hang, or do not know; and that three processes do nothing twice.</summary>
public sealed class RecoveryTests
{
    private static readonly string[] Impatient =
        ["--cart-answer-timeout", "00:00:06", "--cart-stock-timeout", "00:00:02", "--cart-payment-timeout", "00:00:03"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Recovery_three_processes_carry_each_sale_on_once(DatabaseDialect engine)
    {
        const int Sales = 30;
        await using var store = await Store.StartAsync(engine, options: ["--cart-answer-timeout", "00:00:02"]);
        RunningCart[] processes = [store.Cart, await store.AddCartAsync(), await store.AddCartAsync()];
        store.Cart.Logs.Timeout = TimeSpan.FromMinutes(1);
        store.Inventory.Put(1, 1000, available: Sales);
        store.Inventory.Interference.Before("CommitReservation", () => throw new UnavailableException("down"));
        var requests = await Task.WhenAll(Enumerable.Range(0, Sales).Select(_ => store.FillBasketAsync()));
        await Task.WhenAll(requests.Select(
            request => StatusAssert.FailsAsync(StatusCode.Unavailable, store.Client.CheckoutAsync(request, cancellationToken: Token))));
        await store.Cart.Logs.WaitForAsync(Sales, line => line.Event == "SalePutOff", Token);
        store.Inventory.Interference.Clear();
        var committed = store.Inventory.Interference.Count("CommitReservation");
        store.Time.Advance(Store.LeaseTime * 2);

        await Task.WhenAll(processes.SelectMany(process => Enumerable.Repeat(process, 3)).Select(one => Task.Run(one.RecoverAsync)));

        Assert.Equal(Sales, store.Inventory.Interference.Count("CommitReservation") - committed);
        Assert.Equal(Sales, store.Transactions.Interference.Count("Charge"));
        Assert.Equal(0, store.Inventory.Available(1));
        Assert.All(requests, request => Assert.Equal(1, store.Transactions.MoneyMoves(request.IdempotencyKey)));
        await store.AssertConsistentAsync(Sales);
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Recovery_goes_on_with_the_trace_of_the_request(DatabaseDialect engine)
    {
        await using var store = await Store.StartAsync(engine, options: ["--cart-answer-timeout", "00:00:02"]);
        using var spans = new SpanCollector("BooksForYou.ServiceKit");
        var request = await store.FillBasketAsync();
        store.Inventory.Interference.Before("CommitReservation", () => throw new UnavailableException("down"));
        using var visit = new Activity("visit").Start();
        await StatusAssert.FailsAsync(StatusCode.Unavailable, store.Client.CheckoutAsync(request, cancellationToken: Token));
        visit.Stop();
        await store.Cart.Logs.WaitForAsync(line => line.Event == "SalePutOff", Token);
        store.Inventory.Interference.Clear();
        spans.Clear();
        store.Time.Advance(Store.LeaseTime * 2);

        await store.Cart.RecoverAsync();

        var recovery = await spans.WaitForAsync(span => span.OperationName == "carry on" && span.TraceId == visit.TraceId, Token);
        await spans.WaitForAsync(span => span.DisplayName.EndsWith("/CommitReservation", StringComparison.Ordinal) && span.ParentSpanId == recovery.SpanId, Token);
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Recovery_sale_that_is_worked_on_is_left_alone(DatabaseDialect engine)
    {
        await using var store = await Store.StartAsync(engine, options: ["--cart-lease", "00:00:01"]);
        var other = await store.AddCartAsync();
        var request = await store.FillBasketAsync();
        var charge = new TaskCompletionSource();
        store.Transactions.Interference.Before("Charge", () => charge.Task);
        var call = store.Client.CheckoutAsync(request, cancellationToken: Token);

        // Longer than the lease: what keeps it is that it is renewed.
        using (var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200)))
        {
            for (var looks = 0; looks < 10 && await timer.WaitForNextTickAsync(Token); looks++)
            {
                await other.RecoverAsync();
            }
        }

        Assert.DoesNotContain("AbandonCharge", store.Transactions.Interference.Calls);
        charge.SetResult();
        Assert.Equal(SaleOutcome.Sold, (await call).Outcome);
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Checkout_inventory_away_from_the_start_can_be_tried_again(DatabaseDialect engine)
    {
        await using var store = await Store.StartAsync(engine);
        var request = await store.FillBasketAsync();
        store.Inventory.Interference.IsDown = true;
        await StatusAssert.FailsAsync(StatusCode.Unavailable, store.Client.CheckoutAsync(request, cancellationToken: Token));

        store.Inventory.Interference.Clear();

        Assert.Equal(SaleOutcome.Sold, (await store.Client.CheckoutAsync(request, cancellationToken: Token)).Outcome);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Checkout_inventory_away_when_it_reserves_is_interrupted_at_once(bool hangs)
    {
        await using var store = await Store.StartAsync(DatabaseDialect.Sqlite, options: Impatient);
        var request = await store.FillBasketAsync();
        var hung = new TaskCompletionSource();
        Func<Task> failure = () => hangs ? hung.Task : throw new UnavailableException("down");
        store.Inventory.Interference.After("ReserveStock", failure);
        store.Inventory.Interference.Before("ReleaseReservation", failure);

        Assert.Equal(SaleOutcome.Interrupted, (await store.Client.CheckoutAsync(request, cancellationToken: Token)).Outcome);
        Assert.Empty(store.Transactions.Orders);

        // The answer does not wait for Inventory; what it holds back is given back when it is there again.
        Assert.Equal(1, store.Inventory.Live);
        store.Inventory.Interference.Clear();
        hung.SetResult();
        store.Time.Advance(Store.LeaseTime * 2);
        await store.Cart.RecoverAsync();
        await store.AssertConsistentAsync();
    }

    [Fact]
    public async Task Checkout_inventory_away_after_the_card_was_declined_answers_and_releases_later()
    {
        await using var store = await Store.StartAsync(DatabaseDialect.Sqlite);
        var request = await store.FillBasketAsync(card: TransactionsStandIn.DeclinedCard);
        store.Inventory.Interference.Before("ReleaseReservation", () => throw new UnavailableException("down"));

        var answer = await store.Client.CheckoutAsync(request, cancellationToken: Token);

        Assert.Equal(SaleOutcome.Declined, answer.Outcome);
        Assert.Equal(answer, await store.Cart.FindAnswerAsync(request));
        Assert.Equal(1, store.Inventory.Live);

        // Another card, another key: that need not wait either.
        var again = await store.Client.CheckoutAsync(Store.NewCheckout(request.VisitorId, 1000), cancellationToken: Token);
        Assert.Equal(SaleOutcome.Sold, again.Outcome);

        store.Inventory.Interference.Clear();
        store.Time.Advance(Store.LeaseTime * 2);
        await store.Cart.RecoverAsync();
        await store.AssertConsistentAsync();
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Checkout_transactions_away_says_so_and_undoes_the_sale_later(DatabaseDialect engine)
    {
        await using var store = await Store.StartAsync(engine, options: Impatient);
        var request = await store.FillBasketAsync();
        store.Transactions.Interference.IsDown = true;

        await StatusAssert.FailsAsync(StatusCode.Unavailable, store.Client.CheckoutAsync(request, cancellationToken: Token));
        Assert.Null(await store.Cart.FindAnswerAsync(request));
        store.Time.Advance(Store.LeaseTime * 2);
        await store.Cart.RecoverAsync();
        Assert.Null(await store.Cart.FindAnswerAsync(request));

        store.Transactions.Interference.Clear();
        store.Time.Advance(Store.LeaseTime * 2);
        await store.Cart.RecoverAsync();
        Assert.Equal(SaleOutcome.Interrupted, (await store.Client.CheckoutAsync(request, cancellationToken: Token)).Outcome);
        Assert.Empty(store.Transactions.Orders);
        await store.AssertConsistentAsync();
    }

    [Fact]
    public async Task Checkout_answer_of_the_charge_is_lost_asks_again_and_charges_once()
    {
        await using var store = await Store.StartAsync(DatabaseDialect.Sqlite);
        var request = await store.FillBasketAsync();
        store.Transactions.Interference.After("Charge", () =>
        {
            store.Transactions.Interference.Clear();
            throw new UnavailableException("dropped");
        });

        Assert.Equal(SaleOutcome.Sold, (await store.Client.CheckoutAsync(request, cancellationToken: Token)).Outcome);

        Assert.Equal(2, store.Transactions.Interference.Count("Charge"));
        Assert.Equal(1, store.Transactions.MoneyMoves(request.IdempotencyKey));
        await store.AssertConsistentAsync();
    }

    [Fact]
    public async Task Checkout_charge_hangs_after_it_was_made_is_sold_by_the_recovery()
    {
        await using var store = await Store.StartAsync(DatabaseDialect.Sqlite, options: Impatient);
        var request = await store.FillBasketAsync();
        var hung = new TaskCompletionSource();
        store.Transactions.Interference.After("Charge", () => hung.Task);

        await StatusAssert.FailsAsync(StatusCode.Unavailable, store.Client.CheckoutAsync(request, cancellationToken: Token));
        store.Time.Advance(Store.LeaseTime * 2);
        await store.Cart.RecoverAsync();

        Assert.Equal(SaleOutcome.Sold, (await store.Client.CheckoutAsync(request, cancellationToken: Token)).Outcome);
        Assert.Equal(1, store.Transactions.MoneyMoves(request.IdempotencyKey));
        await store.AssertConsistentAsync();
        hung.SetResult();
    }

    [Theory]
    [InlineData(OrderState.Paid, SaleOutcome.Sold)]
    [InlineData(OrderState.Declined, SaleOutcome.Declined)]
    [InlineData(OrderState.Refunded, SaleOutcome.Refunded)]
    public async Task Recovery_transactions_does_not_know_yet_waits_with_the_copies_held(OrderState state, SaleOutcome outcome)
    {
        await using var store = await Store.StartAsync(DatabaseDialect.Sqlite, options: Impatient);
        var request = await store.FillBasketAsync();
        store.Transactions.Interference.After("Charge", () =>
        {
            store.Transactions.SetState(request.IdempotencyKey, OrderState.Pending);
            throw new DeadlineExceededException();
        });
        await StatusAssert.FailsAsync(StatusCode.Unavailable, store.Client.CheckoutAsync(request, cancellationToken: Token));

        store.Time.Advance(Store.LeaseTime * 2);
        await store.Cart.RecoverAsync();
        Assert.Null(await store.Cart.FindAnswerAsync(request));
        Assert.Equal(2, store.Inventory.Interference.Count("ReserveStock"));
        Assert.Equal(1, store.Inventory.Live);

        store.Transactions.SetState(request.IdempotencyKey, state);
        store.Time.Advance(Store.LeaseTime * 2);
        await store.Cart.RecoverAsync();
        Assert.Equal(outcome, (await store.Cart.FindAnswerAsync(request))?.Outcome);
        await store.AssertConsistentAsync();
    }

    [Fact]
    public async Task Checkout_process_is_stopped_waits_for_the_sale()
    {
        await using var store = await Store.StartAsync(DatabaseDialect.Sqlite);
        var cart = await store.AddCartAsync();
        var request = await store.FillBasketAsync();
        var charging = new TaskCompletionSource();
        var charge = new TaskCompletionSource();
        store.Transactions.Interference.Before("Charge", () =>
        {
            charging.SetResult();
            return charge.Task;
        });
        using var client = new CancellationTokenSource();
        var call = cart.Client.CheckoutAsync(request, cancellationToken: client.Token);
        await charging.Task;
        await client.CancelAsync();

        var stopped = cart.DisposeAsync().AsTask();
        Assert.False(stopped.IsCompleted);
        charge.SetResult();
        await stopped;

        Assert.Equal(SaleState.Done, (await store.FindSaleAsync(request.IdempotencyKey))?.State);
        await store.AssertConsistentAsync();
        call.Dispose();
    }
}
