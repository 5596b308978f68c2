using BooksForYou.Cart.Tests.StandIns;
using BooksForYou.Contracts.Cart.V1;
using BooksForYou.Contracts.Transactions.V1;
using BooksForYou.ServiceKit.Errors;
using BooksForYou.ServiceKit.Storage;
using BooksForYou.ServiceKit.Testing;
using Grpc.Core;

namespace BooksForYou.Cart.Tests.Cancellations;

public sealed class CancelOrderTests
{
    private static readonly string[] Impatient = ["--cart-answer-timeout", "00:00:02"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task CancelOrder_paid_order_pays_back_and_puts_the_copies_back_once(DatabaseDialect engine)
    {
        await using var store = await Store.StartAsync(engine);
        var (request, orderId) = await SellAsync(store);
        Assert.Equal(8, store.Inventory.Available(1));

        for (var time = 0; time < 2; time++)
        {
            var answer = await store.Client.CancelOrderAsync(new CancelOrderRequest { OrderId = orderId }, cancellationToken: Token);

            Assert.Equal(OrderState.Refunded, answer.Order.State);
            Assert.Equal(10, store.Inventory.Available(1));
            Assert.Equal(2, store.Transactions.MoneyMoves(request.IdempotencyKey));
        }
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task CancelOrder_from_ten_callers_at_once_pays_back_once(DatabaseDialect engine)
    {
        await using var store = await Store.StartAsync(engine);
        var other = await store.AddCartAsync();
        var (request, orderId) = await SellAsync(store);

        var cancel = new CancelOrderRequest { OrderId = orderId };
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(
            async caller => await (caller % 2 == 0 ? store.Client : other.Client).CancelOrderAsync(cancel, cancellationToken: Token)));

        Assert.All(answers, answer => Assert.Equal(OrderState.Refunded, answer.Order.State));
        Assert.Equal(1, store.Transactions.Interference.Count("Refund"));
        Assert.Equal(1, store.Inventory.Interference.Count("ReturnReservation"));
        Assert.Equal(2, store.Transactions.MoneyMoves(request.IdempotencyKey));
    }

    [Theory]
    [InlineData(DatabaseDialect.Sqlite, "Refund", false)]
    [InlineData(DatabaseDialect.Sqlite, "Refund", true)]
    [InlineData(DatabaseDialect.Sqlite, "ReturnReservation", false)]
    [InlineData(DatabaseDialect.Sqlite, "ReturnReservation", true)]
    public async Task CancelOrder_service_goes_away_is_carried_on(DatabaseDialect engine, string method, bool after)
    {
        await using var store = await Store.StartAsync(engine, options: Impatient);
        var (request, orderId) = await SellAsync(store);
        foreach (var interference in new[] { store.Inventory.Interference, store.Transactions.Interference })
        {
            Action<string, Func<Task>> at = after ? interference.After : interference.Before;
            at(method, () => throw new UnavailableException("down"));
        }

        await StatusAssert.FailsAsync(
            StatusCode.Unavailable, store.Client.CancelOrderAsync(new CancelOrderRequest { OrderId = orderId }, cancellationToken: Token));
        store.Inventory.Interference.Clear();
        store.Transactions.Interference.Clear();
        store.Time.Advance(Store.LeaseTime * 2);
        await (await store.AddCartAsync()).RecoverAsync();
        await store.Cart.RecoverAsync();

        var answer = await store.Client.CancelOrderAsync(new CancelOrderRequest { OrderId = orderId }, cancellationToken: Token);
        Assert.Equal(OrderState.Refunded, answer.Order.State);
        Assert.Equal(10, store.Inventory.Available(1));
        Assert.Equal(2, store.Transactions.MoneyMoves(request.IdempotencyKey));
    }

    [Fact]
    public async Task CancelOrder_sale_had_to_reserve_again_returns_what_was_committed()
    {
        await using var store = await Store.StartAsync(DatabaseDialect.Sqlite);
        store.Transactions.Interference.After("Charge", () =>
        {
            store.Inventory.ExpireAll();
            return Task.CompletedTask;
        });
        var (_, orderId) = await SellAsync(store);

        await store.Client.CancelOrderAsync(new CancelOrderRequest { OrderId = orderId }, cancellationToken: Token);

        Assert.Equal(10, store.Inventory.Available(1));
    }

    [Fact]
    public async Task CancelOrder_sale_is_not_finished_is_refused()
    {
        await using var store = await Store.StartAsync(DatabaseDialect.Sqlite, options: Impatient);
        store.Inventory.Interference.Before("CommitReservation", () => throw new UnavailableException("down"));
        var request = await store.FillBasketAsync();
        await StatusAssert.FailsAsync(StatusCode.Unavailable, store.Client.CheckoutAsync(request, cancellationToken: Token));

        await StatusAssert.FailsAsync(
            StatusCode.Aborted,
            store.Client.CancelOrderAsync(
                new CancelOrderRequest { OrderId = store.Transactions.Orders.Single().OrderId }, cancellationToken: Token));

        Assert.Equal(1, store.Transactions.MoneyMoves(request.IdempotencyKey));
    }

    [Fact]
    public async Task CancelOrder_order_is_not_paid_is_refused()
    {
        await using var store = await Store.StartAsync(DatabaseDialect.Sqlite);
        var answer = await store.Client.CheckoutAsync(
            await store.FillBasketAsync(card: TransactionsStandIn.DeclinedCard), cancellationToken: Token);

        await StatusAssert.FailsAsync(
            StatusCode.FailedPrecondition, store.Client.CancelOrderAsync(
                new CancelOrderRequest { OrderId = answer.OrderId }, cancellationToken: Token));
    }

    [Fact]
    public async Task CancelOrder_unknown_order_is_not_found()
    {
        await using var store = await Store.StartAsync(DatabaseDialect.Sqlite);

        await StatusAssert.FailsAsync(
            StatusCode.NotFound, store.Client.CancelOrderAsync(new CancelOrderRequest { OrderId = "unknown" }, cancellationToken: Token));
        await StatusAssert.FailsForFieldsAsync(
            ["order_id"], store.Client.CancelOrderAsync(new CancelOrderRequest(), cancellationToken: Token));
    }

    private static async Task<(CheckoutRequest Request, string OrderId)> SellAsync(Store store)
    {
        var request = await store.FillBasketAsync(quantity: 2);
        var answer = await store.Client.CheckoutAsync(request, cancellationToken: Token);
        Assert.Equal(SaleOutcome.Sold, answer.Outcome);
        return (request, answer.OrderId);
    }
}
