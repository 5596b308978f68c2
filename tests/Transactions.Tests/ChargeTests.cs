using BooksForYou.Contracts.Transactions.V1;
using BooksForYou.ServiceKit.Storage;
using BooksForYou.ServiceKit.Testing;
using BooksForYou.TestGateway;
using Grpc.Core;

namespace BooksForYou.Transactions.Tests;

public class ChargeTests
{
    private static readonly string[] Charged = ["authorized", "captured"];

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Charge_approved_card_gives_paid_order_that_reads_back_the_same(DatabaseDialect engine)
    {
        await using var running = await RunningTransactions.StartAsync(engine);
        var request = Requests.Charge();

        var order = (await running.Client.ChargeAsync(request)).Order;

        Assert.Equal(OrderState.Paid, order.State);
        Assert.Equal(26, order.OrderId.Length);
        Assert.Equal(request.Lines, order.Lines);
        Assert.Equal(request.Total, order.Total);
        Assert.Equal((229, 700), (order.TaxCents, order.TaxRateBasisPoints));
        Assert.Equal(("visa", "4242"), (order.CardBrand, order.CardLastFour));
        Assert.Equal(request.Address, order.Address);
        Assert.Equal(request.Email, order.Email);
        Assert.Equal(request.ReservationId, order.ReservationId);
        Assert.InRange(order.CreateTime.ToDateTimeOffset(), DateTimeOffset.UtcNow.AddMinutes(-1), DateTimeOffset.UtcNow);
        Assert.Equal(order, (await running.Client.GetOrderAsync(new GetOrderRequest { OrderId = order.OrderId.ToLowerInvariant() })).Order);
        Assert.Equal(order, (await running.Client.GetChargeAsync(new GetChargeRequest { IdempotencyKey = request.IdempotencyKey })).Order);
        Assert.Equal(Charged, await running.PaymentOfAsync(order.OrderId));
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Charge_each_test_card_comes_to_what_the_table_says(DatabaseDialect engine)
    {
        await using var running = await RunningTransactions.StartAsync(engine, 1, "--transactions-gateway-timeout", "00:00:03");

        foreach (var card in TestCards.All)
        {
            var request = Requests.Charge();
            request.Card.Number = card.Number;
            request.Card.SecurityCode = card.Brand == "amex" ? "9170" : "917";

            var order = (await running.Client.ChargeAsync(request)).Order;

            var declined = card.Scenario is TestCardScenario.Declined or TestCardScenario.InsufficientFunds;
            Assert.Equal(declined ? OrderState.Declined : OrderState.Paid, order.State);
            Assert.Equal((card.Brand, card.Number[^4..]), (order.CardBrand, order.CardLastFour));
            Assert.Equal(declined, order.DeclineReason.Length > 0);
            Assert.Equal(declined ? ["declined"] : Charged, await running.PaymentOfAsync(order.OrderId));
        }
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Charge_same_key_again_gives_the_same_answer_even_after_a_refund(DatabaseDialect engine)
    {
        await using var running = await RunningTransactions.StartAsync(engine);
        var request = Requests.Charge();
        var first = await running.Client.ChargeAsync(request);
        await running.Client.RefundAsync(new RefundRequest { OrderId = first.Order.OrderId });

        request.Card.Number = "5555555555554444";
        var second = await running.Client.ChargeAsync(request);

        Assert.Equal(first, second);
        Assert.Equal(1, await running.CountAsync("SELECT COUNT(*) FROM orders"));
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Charge_same_key_with_other_content_already_exists(DatabaseDialect engine)
    {
        await using var running = await RunningTransactions.StartAsync(engine);
        var request = Requests.Charge();
        await running.Client.ChargeAsync(request);

        request.Email = "other@reader.example";

        await StatusAssert.FailsAsync(StatusCode.AlreadyExists, running.Client.ChargeAsync(request));
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Charge_one_key_from_many_callers_of_three_replicas_is_one_order_one_payment_and_equal_answers(DatabaseDialect engine)
    {
        await using var running = await RunningTransactions.StartAsync(engine, replicas: 3);
        var requests = Enumerable.Range(0, 8).Select(_ => Requests.Charge(scenario: TestCardScenario.DropsAfterCharging)).ToList();

        var answers = await Task.WhenAll(requests.Select(request =>
            Task.WhenAll(Enumerable.Range(0, 30).Select(caller => running.Clients[caller % 3].ChargeAsync(request).ResponseAsync))));

        foreach (var answersOfKey in answers)
        {
            Assert.Equal(OrderState.Paid, Assert.Single(answersOfKey.Distinct()).Order.State);
            Assert.Equal(Charged, await running.PaymentOfAsync(answersOfKey[0].Order.OrderId));
        }

        Assert.Equal(requests.Count, await running.CountAsync("SELECT COUNT(*) FROM orders"));
        Assert.Equal(requests.Count, (await running.LedgerAsync()).Count);
        Assert.Equal(requests.Count, await running.CountAsync("SELECT COUNT(*) FROM receipt"));
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Charge_callers_of_one_key_with_two_contents_get_one_order_and_already_exists(DatabaseDialect engine)
    {
        await using var running = await RunningTransactions.StartAsync(engine, replicas: 2);
        var one = Requests.Charge();
        var other = Requests.Charge(one.IdempotencyKey);
        other.Address.City = "Potsdam";

        var calls = Enumerable.Range(0, 20).Select(caller => running.Clients[caller / 10].ChargeAsync(caller % 2 == 0 ? one : other)).ToList();
        var outcomes = await Task.WhenAll(calls.Select(async call =>
        {
            try
            {
                return (await call).Order.Address.City;
            }
            catch (RpcException exception) when (exception.StatusCode == StatusCode.AlreadyExists)
            {
                return "";
            }
        }));

        Assert.Equal(10, outcomes.Count(outcome => outcome.Length > 0));
        Assert.Single(outcomes.Where(outcome => outcome.Length > 0).Distinct());
        Assert.Equal(1, await running.CountAsync("SELECT COUNT(*) FROM orders"));
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Charge_caller_leaves_and_the_order_is_paid_all_the_same(DatabaseDialect engine)
    {
        await using var running = await RunningTransactions.StartAsync(engine);
        var request = Requests.Charge();
        using var leaving = new CancellationTokenSource();
        running.Network.Before = async (step, _) =>
        {
            if (step == "PUT")
            {
                await leaving.CancelAsync();
            }

            return true;
        };

        await StatusAssert.FailsAsync(StatusCode.Cancelled, running.Client.ChargeAsync(request, cancellationToken: leaving.Token));

        var order = await running.UntilAsync(request.IdempotencyKey, OrderState.Paid);
        Assert.Equal(Charged, await running.PaymentOfAsync(order.OrderId));
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task AbandonCharge_before_the_charge_makes_it_fail_for_ever(DatabaseDialect engine)
    {
        await using var running = await RunningTransactions.StartAsync(engine);
        var request = Requests.Charge();
        var abandon = new AbandonChargeRequest { IdempotencyKey = request.IdempotencyKey };

        Assert.Null((await running.Client.AbandonChargeAsync(abandon)).Order);
        Assert.Null((await running.Client.AbandonChargeAsync(abandon)).Order);

        await StatusAssert.FailsAsync(StatusCode.FailedPrecondition, running.Client.ChargeAsync(request));
        await StatusAssert.FailsAsync(StatusCode.NotFound, running.Client.GetChargeAsync(new GetChargeRequest { IdempotencyKey = request.IdempotencyKey }));
        Assert.Empty(await running.LedgerAsync());
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task AbandonCharge_against_charges_leaves_for_each_key_an_order_or_none(DatabaseDialect engine)
    {
        await using var running = await RunningTransactions.StartAsync(engine, replicas: 2);

        await Task.WhenAll(Enumerable.Range(0, 40).Select(async index =>
        {
            var request = Requests.Charge();
            var charging = running.Clients[index % 2].ChargeAsync(request);
            var abandoned = await running.Clients[(index + 1) % 2].AbandonChargeAsync(new AbandonChargeRequest { IdempotencyKey = request.IdempotencyKey });
            if (abandoned.Order is null)
            {
                await StatusAssert.FailsAsync(StatusCode.FailedPrecondition, charging);
            }
            else
            {
                var answer = await charging;
                Assert.Equal(abandoned.Order.OrderId, answer.Order.OrderId);
                Assert.Equal(OrderState.Paid, answer.Order.State);
            }
        }));
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task GetOrder_unknown_or_impossible_number_is_not_found(DatabaseDialect engine)
    {
        await using var running = await RunningTransactions.StartAsync(engine);

        foreach (var number in new[] { "", "x", new string('0', 26), new string('\0', 26), "'; DROP TABLE orders; --xxxxx" })
        {
            await StatusAssert.FailsAsync(StatusCode.NotFound, running.Client.GetOrderAsync(new GetOrderRequest { OrderId = number }));
        }
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task ListOrders_pages_have_every_order_once_newest_first(DatabaseDialect engine)
    {
        await using var running = await RunningTransactions.StartAsync(engine);
        var placed = new List<string>();
        for (var count = 0; count < 5; count++)
        {
            placed.Add((await running.Client.ChargeAsync(Requests.Charge())).Order.OrderId);
        }

        var first = await running.Client.ListOrdersAsync(new ListOrdersRequest { PageSize = 2 });
        var second = await running.Client.ListOrdersAsync(new ListOrdersRequest { PageSize = 2, PageToken = first.NextPageToken });
        var third = await running.Client.ListOrdersAsync(new ListOrdersRequest { PageSize = 2, PageToken = second.NextPageToken });

        Assert.Equal(Enumerable.Reverse(placed), first.Orders.Concat(second.Orders).Concat(third.Orders).Select(order => order.OrderId));
        Assert.Equal("", third.NextPageToken);
        Assert.All(first.Orders, order => Assert.Equal(2, order.Lines.Count));
        Assert.Equal(["page_size"], await StatusAssert.InvalidAsync(running.Client.ListOrdersAsync(new ListOrdersRequest { PageSize = -1 })));
        Assert.Equal(["page_token"], await StatusAssert.InvalidAsync(running.Client.ListOrdersAsync(new ListOrdersRequest { PageToken = "?" })));
    }

    [Fact]
    public async Task Calls_with_bad_arguments_name_the_field()
    {
        await using var running = await RunningTransactions.StartAsync(DatabaseDialect.Sqlite);

        Assert.Equal(["idempotency_key"], await StatusAssert.InvalidAsync(running.Client.GetChargeAsync(new GetChargeRequest())));
        Assert.Equal(["idempotency_key"], await StatusAssert.InvalidAsync(running.Client.AbandonChargeAsync(new AbandonChargeRequest { IdempotencyKey = "\0" })));
        Assert.Contains("card.number", await StatusAssert.InvalidAsync(running.Client.ChargeAsync(new ChargeRequest())));
    }
}
