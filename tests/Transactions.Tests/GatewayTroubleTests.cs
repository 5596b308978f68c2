using System.Collections.Concurrent;
using System.Diagnostics;
using BooksForYou.Contracts.Transactions.V1;
using BooksForYou.ServiceKit.Storage;
using BooksForYou.ServiceKit.Testing;
using BooksForYou.TestGateway;
using Dapper;
using Grpc.Core;

namespace BooksForYou.Transactions.Tests;

public class GatewayTroubleTests
{
    private static readonly string[] Short = ["--transactions-gateway-timeout", "00:00:00.3", "--transactions-charge-timeout", "00:00:01"];

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Charge_gateway_never_reached_is_unavailable_then_declined_and_never_charged(DatabaseDialect engine)
    {
        await using var running = await RunningTransactions.StartAsync(engine, 1, Short);
        running.Network.Before = (_, _) => Task.FromResult(false);
        var request = Requests.Charge();

        using var spans = new SpanCollector("BooksForYou.ServiceKit");
        using var visit = new Activity("visit").Start();
        await StatusAssert.FailsAsync(StatusCode.Unavailable, running.Client.ChargeAsync(request));
        visit.Stop();

        running.Network.Before = (_, _) => Task.FromResult(true);
        var order = await running.UntilAsync(request.IdempotencyKey, OrderState.Declined);
        await spans.WaitForAsync(span => span.OperationName == "recover payment" && span.TraceId == visit.TraceId);
        Assert.Equal("The payment was interrupted. Nothing was charged.", order.DeclineReason);
        Assert.Equal(["voided"], await running.PaymentOfAsync(order.OrderId));
        Assert.Equal(order, (await running.Client.ChargeAsync(request)).Order);
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Charge_authorization_arrives_after_the_payment_was_given_up_is_refused(DatabaseDialect engine)
    {
        await using var running = await RunningTransactions.StartAsync(engine, 1, Short);
        var request = Requests.Charge();
        var given = new TaskCompletionSource();
        running.Network.Before = async (step, _) =>
        {
            if (step == "PUT")
            {
                // On its way, for longer than anybody waits for it.
                await given.Task;
            }

            return true;
        };

        await StatusAssert.FailsAsync(StatusCode.Unavailable, running.Client.ChargeAsync(request));
        var order = await running.UntilAsync(request.IdempotencyKey, OrderState.Declined);
        var late = new TaskCompletionSource();
        running.Network.After = (_, _) =>
        {
            late.TrySetResult();
            return Task.FromResult(true);
        };
        given.SetResult();

        await late.Task.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(["voided"], await running.PaymentOfAsync(order.OrderId));
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("POST capture")]
    public async Task Charge_every_answer_of_a_step_is_lost_and_the_order_is_paid_by_lookup(string lost)
    {
        await using var running = await RunningTransactions.StartAsync(DatabaseDialect.Sqlite);
        running.Network.After = (step, _) => Task.FromResult(step != lost);

        var order = (await running.Client.ChargeAsync(Requests.Charge())).Order;

        Assert.Equal(OrderState.Paid, order.State);
        Assert.Equal(["authorized", "captured"], await running.PaymentOfAsync(order.OrderId));
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("POST capture")]
    public async Task Charge_gateway_hangs_after_a_step_is_unavailable_then_paid(string hangs)
    {
        await using var running = await RunningTransactions.StartAsync(DatabaseDialect.Sqlite, 1, Short);
        var request = Requests.Charge();
        var reached = false;
        running.Network.After = (step, token) =>
        {
            reached |= step == hangs;
            return reached ? GatewayProxy.HangAsync(token) : Task.FromResult(true);
        };

        await StatusAssert.FailsAsync(StatusCode.Unavailable, running.Client.ChargeAsync(request));
        Assert.Equal(OrderState.Pending, (await running.Client.GetChargeAsync(new GetChargeRequest { IdempotencyKey = request.IdempotencyKey })).Order.State);

        running.Network.After = (_, _) => Task.FromResult(true);
        var order = await running.UntilAsync(request.IdempotencyKey, OrderState.Paid);
        Assert.Equal(["authorized", "captured"], await running.PaymentOfAsync(order.OrderId));
        Assert.Equal(order, (await running.Client.ChargeAsync(request)).Order);
    }

    [Fact]
    public async Task Charge_takes_longer_than_its_lease_and_nobody_interferes()
    {
        await using var running = await RunningTransactions.StartAsync(DatabaseDialect.Sqlite, 2, "--transactions-lease-time", "00:00:06");
        var steps = new ConcurrentQueue<string>();
        running.Network.Before = async (step, cancellationToken) =>
        {
            steps.Enqueue(step);
            if (step == "PUT")
            {
                await UntilLeaseIsRenewedAsync(running, TimeSpan.FromSeconds(6), cancellationToken);
            }

            return true;
        };

        var order = (await running.Client.ChargeAsync(Requests.Charge())).Order;

        Assert.Equal(OrderState.Paid, order.State);
        Assert.Equal(["PUT", "POST capture"], steps);
    }

    [Fact]
    public async Task Charge_wrong_gateway_key_is_unavailable_and_charges_nothing()
    {
        await using var running = await RunningTransactions.StartAsync(DatabaseDialect.Sqlite, 1, [.. Short, "--payment-gateway-key", "wrong"]);

        await StatusAssert.FailsAsync(StatusCode.Unavailable, running.Client.ChargeAsync(Requests.Charge()));

        Assert.Empty(await running.LedgerAsync());
        Assert.DoesNotContain(running.Log.Items, line => line.Message.Contains("wrong", StringComparison.Ordinal));
    }

    // Until the lease ends later than the first one by all of its time.
    private static async Task UntilLeaseIsRenewedAsync(RunningTransactions running, TimeSpan lease, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        var first = await LeaseAsync(running);
        while (await LeaseAsync(running) < first + lease)
        {
            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }

    private static async Task<DateTimeOffset> LeaseAsync(RunningTransactions running)
    {
        await using var connection = await running.Database.Database.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<DateTimeOffset>("SELECT lease_until FROM charge");
    }
}
