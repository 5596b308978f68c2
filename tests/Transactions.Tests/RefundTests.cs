using BooksForYou.Contracts.Transactions.V1;
using BooksForYou.ServiceKit.Storage;
using BooksForYou.ServiceKit.Testing;
using BooksForYou.TestGateway;
using Grpc.Core;

namespace BooksForYou.Transactions.Tests;

public class RefundTests
{
    private static readonly string[] Refunded = ["authorized", "captured", "refunded"];

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Refund_from_many_callers_of_two_replicas_pays_back_once(DatabaseDialect engine)
    {
        await using var running = await RunningTransactions.StartAsync(engine, replicas: 2);
        var paid = (await running.Client.ChargeAsync(Requests.Charge())).Order;

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(caller =>
            running.Clients[caller % 2].RefundAsync(new RefundRequest { OrderId = paid.OrderId }).ResponseAsync));

        paid.State = OrderState.Refunded;
        Assert.All(answers, answer => Assert.Equal(paid, answer.Order));
        Assert.Equal(Refunded, await running.PaymentOfAsync(paid.OrderId));
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Refund_gateway_away_is_unavailable_and_happens_when_it_is_back(DatabaseDialect engine)
    {
        await using var running = await RunningTransactions.StartAsync(engine);
        var request = Requests.Charge();
        var paid = (await running.Client.ChargeAsync(request)).Order;
        running.Network.Before = (_, _) => Task.FromResult(false);

        await StatusAssert.FailsAsync(StatusCode.Unavailable, running.Client.RefundAsync(new RefundRequest { OrderId = paid.OrderId }));
        Assert.Equal(OrderState.Refunding, (await running.Client.GetOrderAsync(new GetOrderRequest { OrderId = paid.OrderId })).Order.State);

        running.Network.Before = (_, _) => Task.FromResult(true);
        await running.UntilAsync(request.IdempotencyKey, OrderState.Refunded);
        Assert.Equal(Refunded, await running.PaymentOfAsync(paid.OrderId));
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Refund_declined_order_fails_and_unknown_order_is_not_found(DatabaseDialect engine)
    {
        await using var running = await RunningTransactions.StartAsync(engine);
        var declined = (await running.Client.ChargeAsync(Requests.Charge(scenario: TestCardScenario.Declined))).Order;

        await StatusAssert.FailsAsync(StatusCode.FailedPrecondition, running.Client.RefundAsync(new RefundRequest { OrderId = declined.OrderId }));
        await StatusAssert.FailsAsync(StatusCode.NotFound, running.Client.RefundAsync(new RefundRequest { OrderId = new string('0', 26) }));
    }
}
