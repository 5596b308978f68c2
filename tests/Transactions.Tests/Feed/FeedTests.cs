using BooksForYou.Contracts.Transactions.V1;
using BooksForYou.ServiceKit.Storage;
using BooksForYou.ServiceKit.Testing;
using BooksForYou.TestGateway;
using BooksForYou.Transactions.Feed;
using BooksForYou.Transactions.Orders;
using Dapper;
using Grpc.Core;
using Npgsql;

namespace BooksForYou.Transactions.Tests.Feed;

public class FeedTests
{
    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task FollowOrders_sends_every_event_in_order_and_says_when_it_has_all(DatabaseDialect engine)
    {
        await using var running = await RunningTransactions.StartAsync(engine, replicas: 2);
        using var call = running.Client.FollowOrders(new FollowOrdersRequest());
        var start = await NextAsync(call);
        Assert.Equal(("", true), (start.OrderId, start.CaughtUp));

        var paid = (await running.Clients[1].ChargeAsync(Requests.Charge())).Order;
        var declined = (await running.Clients[1].ChargeAsync(Requests.Charge(scenario: TestCardScenario.Declined))).Order;
        await running.Clients[1].RefundAsync(new RefundRequest { OrderId = paid.OrderId });

        var expected = new[]
        {
            (paid.OrderId, Contracts.Transactions.V1.OrderState.Pending),
            (paid.OrderId, Contracts.Transactions.V1.OrderState.Paid),
            (declined.OrderId, Contracts.Transactions.V1.OrderState.Pending),
            (declined.OrderId, Contracts.Transactions.V1.OrderState.Declined),
            (paid.OrderId, Contracts.Transactions.V1.OrderState.Refunding),
            (paid.OrderId, Contracts.Transactions.V1.OrderState.Refunded),
        };
        var live = await TakeAsync(call, expected.Length);
        Assert.Equal(expected, live.Select(message => (message.OrderId, message.State)));
        Assert.True(live[^1].CaughtUp || (await NextAsync(call)).CaughtUp);
        Assert.All(live, message => Assert.Equal(paid.Lines, message.Lines));

        // Resumed anywhere, the rest comes again, the same.
        for (var position = 0; position < live.Count - 1; position++)
        {
            using var resumed = running.Clients[1].FollowOrders(new FollowOrdersRequest { Cursor = live[position].Cursor });
            Assert.Equal(
                live.Skip(position + 1).Select(message => (message.Cursor, message.OrderId, message.State)),
                (await TakeAsync(resumed, live.Count - position - 1)).Select(message => (message.Cursor, message.OrderId, message.State)));
        }
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task FollowOrders_follower_under_load_misses_nothing(DatabaseDialect engine)
    {
        const int Orders = 150;
        await using var running = await RunningTransactions.StartAsync(engine, replicas: 3);
        using var call = running.Client.FollowOrders(new FollowOrdersRequest());

        var selling = Task.WhenAll(Enumerable.Range(0, Orders).Select(async index => (await running.Clients[index % 3].ChargeAsync(Requests.Charge())).Order.OrderId));
        var seen = new List<FollowOrdersResponse>();
        while (!selling.IsFaulted && seen.Count(message => message.State == Contracts.Transactions.V1.OrderState.Paid) < Orders)
        {
            seen.Add(await NextAsync(call));
        }

        var sold = await selling;
        var events = seen.Where(message => message.OrderId.Length > 0).ToList();
        Assert.Equal(2 * Orders, events.Count);
        foreach (var orderId in sold)
        {
            Assert.Equal(
                [Contracts.Transactions.V1.OrderState.Pending, Contracts.Transactions.V1.OrderState.Paid],
                events.Where(message => message.OrderId == orderId).Select(message => message.State));
        }
    }

    [Fact]
    public async Task Read_transactions_that_commit_out_of_sequence_are_not_skipped()
    {
        Assert.SkipWhen(PostgresServer.SkipReason is not null, PostgresServer.SkipReason ?? "");
        await using var test = await TestDatabase.CreateAsync(DatabaseDialect.PostgreSql, typeof(TransactionsModule).Assembly);
        var charges = new ChargeStore(test.Database);
        var events = new OrderEventStore(test.Database);
        var (early, late) = (NewCharges.Create(), NewCharges.Create());
        await charges.BeginAsync(early, Guid.NewGuid(), DateTimeOffset.UtcNow, default);
        await charges.BeginAsync(late, Guid.NewGuid(), DateTimeOffset.UtcNow, default);
        var before = (await ReadAllAsync(events, default)).Events[^1].Position;

        // The first writer takes its number and its transaction first, and commits last.
        await using var slow = new NpgsqlConnection(test.ConnectionString);
        await slow.OpenAsync();
        await using var transaction = await slow.BeginTransactionAsync();
        await slow.ExecuteAsync(
            "INSERT INTO order_event (order_number, state, event_time) SELECT order_number, 'PAID', now() FROM orders WHERE order_id = @OrderId",
            new { early.Order.OrderId },
            transaction);
        await charges.CloseAsync(late.Order.OrderId, new PaymentOutcome(Transactions.Orders.OrderState.Paid), [1], DateTimeOffset.UtcNow, default);

        var meanwhile = await events.ReadAsync(before, 100, default);
        await transaction.CommitAsync();
        var afterwards = await ReadAllAsync(events, before);

        Assert.Empty(meanwhile.Events);
        Assert.False(meanwhile.IsLast);
        Assert.Equal([early.Order.OrderId, late.Order.OrderId], afterwards.Events.Select(order => order.OrderId));
        Assert.True(afterwards.IsLast);
    }

    [Fact]
    public async Task Read_numbers_out_of_the_sequence_of_transactions_are_not_skipped()
    {
        Assert.SkipWhen(PostgresServer.SkipReason is not null, PostgresServer.SkipReason ?? "");
        await using var test = await TestDatabase.CreateAsync(DatabaseDialect.PostgreSql, typeof(TransactionsModule).Assembly);
        var charges = new ChargeStore(test.Database);
        var events = new OrderEventStore(test.Database);
        var (first, second) = (NewCharges.Create(), NewCharges.Create());
        await charges.BeginAsync(first, Guid.NewGuid(), DateTimeOffset.UtcNow, default);
        await charges.BeginAsync(second, Guid.NewGuid(), DateTimeOffset.UtcNow, default);
        var position = (await ReadAllAsync(events, default)).Events[^1].Position;

        // The older transaction takes the higher number, and commits first.
        await using var older = new NpgsqlConnection(test.ConnectionString);
        await using var younger = new NpgsqlConnection(test.ConnectionString);
        await older.OpenAsync();
        await younger.OpenAsync();
        await using var olderTransaction = await older.BeginTransactionAsync();
        await using var youngerTransaction = await younger.BeginTransactionAsync();
        await older.ExecuteAsync("SELECT pg_current_xact_id()", transaction: olderTransaction);
        const string Insert = "INSERT INTO order_event (order_number, state, event_time) SELECT order_number, 'PAID', now() FROM orders WHERE order_id = @OrderId";
        await younger.ExecuteAsync(Insert, new { first.Order.OrderId }, youngerTransaction);
        await older.ExecuteAsync(Insert, new { second.Order.OrderId }, olderTransaction);
        await olderTransaction.CommitAsync();

        var meanwhile = await events.ReadAsync(position, 100, default);
        await youngerTransaction.CommitAsync();
        var afterwards = await ReadAllAsync(events, meanwhile.Events.Count > 0 ? meanwhile.Events[^1].Position : position);

        Assert.Equal([second.Order.OrderId, first.Order.OrderId], meanwhile.Events.Concat(afterwards.Events).Select(order => order.OrderId));
    }

    [Fact]
    public async Task Read_cursor_from_a_server_with_a_longer_life_begins_anew()
    {
        Assert.SkipWhen(PostgresServer.SkipReason is not null, PostgresServer.SkipReason ?? "");
        await using var test = await TestDatabase.CreateAsync(DatabaseDialect.PostgreSql, typeof(TransactionsModule).Assembly);
        await new ChargeStore(test.Database).BeginAsync(NewCharges.Create(), Guid.NewGuid(), DateTimeOffset.UtcNow, default);

        var page = await ReadAllAsync(new OrderEventStore(test.Database), new FeedPosition(ulong.MaxValue / 2, 5));

        Assert.Single(page.Events);
    }

    [Theory]
    [InlineData("?")]
    [InlineData("AAAA")]
    [InlineData("MS4xLi0x")]
    public async Task FollowOrders_cursor_that_is_none_is_invalid(string cursor)
    {
        await using var running = await RunningTransactions.StartAsync(DatabaseDialect.Sqlite);
        using var call = running.Client.FollowOrders(new FollowOrdersRequest { Cursor = cursor });

        var exception = await Assert.ThrowsAsync<RpcException>(() => NextAsync(call));

        Assert.Equal(StatusCode.InvalidArgument, exception.StatusCode);
    }

    [Fact]
    public async Task FollowOrders_at_shutdown_ends_with_unavailable()
    {
        var running = await RunningTransactions.StartAsync(DatabaseDialect.Sqlite, 1, "--shutdown-stream-grace", "0");
        using var call = running.Client.FollowOrders(new FollowOrdersRequest());
        await NextAsync(call);

        var next = NextAsync(call);
        await running.StopAsync();

        Assert.Equal(StatusCode.Unavailable, (await Assert.ThrowsAsync<RpcException>(() => next)).StatusCode);
        await running.DisposeAsync();
    }

    // Other databases of the same server, those of other tests, can hold the feed back for a moment.
    private static async Task<OrderEventPage> ReadAllAsync(OrderEventStore events, FeedPosition after)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (true)
        {
            var page = await events.ReadAsync(after, 100, limit.Token);
            if (page.IsLast)
            {
                return page;
            }

            await timer.WaitForNextTickAsync(limit.Token);
        }
    }

    private static async Task<FollowOrdersResponse> NextAsync(AsyncServerStreamingCall<FollowOrdersResponse> call)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        Assert.True(await call.ResponseStream.MoveNext(limit.Token));
        return call.ResponseStream.Current;
    }

    private static async Task<List<FollowOrdersResponse>> TakeAsync(AsyncServerStreamingCall<FollowOrdersResponse> call, int count)
    {
        var messages = new List<FollowOrdersResponse>();
        while (messages.Count < count)
        {
            var message = await NextAsync(call);
            if (message.OrderId.Length > 0)
            {
                messages.Add(message);
            }
        }

        return messages;
    }
}
