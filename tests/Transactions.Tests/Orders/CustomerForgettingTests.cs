using BooksForYou.Contracts.Transactions.V1;
using BooksForYou.ServiceKit.Storage;
using BooksForYou.ServiceKit.Testing;
using BooksForYou.Transactions.Orders;
using Dapper;
using OrderState = BooksForYou.Transactions.Orders.OrderState;

namespace BooksForYou.Transactions.Tests.Orders;

public class CustomerForgettingTests
{
    private const string Customer = "account:forgotten";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Deleted_account_leaves_orders_that_name_nobody(DatabaseDialect engine)
    {
        await using var running = await RunningTransactions.StartAsync(engine);
        var customer = $"account:{Guid.NewGuid():N}";
        var request = Requests.Charge();
        request.CustomerId = customer;
        var order = (await running.Client.ChargeAsync(request, cancellationToken: Token)).Order;
        var guests = (await running.Client.ChargeAsync(Requests.Charge(), cancellationToken: Token)).Order;
        await UntilAsync(async () => await running.CountAsync("SELECT count(*) FROM receipt WHERE state = 'SENT'") == 2);

        (await TestAccounts.SharedAsync()).Delete(customer);
        await UntilAsync(async () => await running.CountAsync("SELECT count(*) FROM orders WHERE customer_id IS NOT NULL") == 0);

        var left = (await running.Client.GetOrderAsync(new GetOrderRequest { OrderId = order.OrderId }, cancellationToken: Token)).Order;
        var expected = order.Clone();
        expected.CustomerId = expected.Email = "";
        expected.Address = new Contracts.Transactions.V1.Address { City = "Berlin", Country = "DE" };
        Assert.Equal(expected, left);
        Assert.Equal(guests, (await running.Client.GetOrderAsync(new GetOrderRequest { OrderId = guests.OrderId }, cancellationToken: Token)).Order);
        Assert.Equal(expected, (await running.Client.ChargeAsync(request, cancellationToken: Token)).Order);
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task ForgetAsync_waits_for_payments_refunds_and_receipts(DatabaseDialect engine)
    {
        await using var test = await TestDatabase.CreateAsync(engine, typeof(TransactionsModule).Assembly);
        var charges = new ChargeStore(test.Database);
        var order = await BeginAsync(test, charges);
        Assert.False(await ForgetAsync(test));

        await CloseAsync(charges, order, OrderState.Paid);
        Assert.False(await ForgetAsync(test));
        Assert.Equal("Ada Lovelace", await NameAsync(test, order));

        await charges.BeginRefundAsync(order.OrderId, Guid.NewGuid(), DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddMinutes(1), Token);
        await ExecuteAsync(test, "UPDATE receipt SET state = 'SENT'");
        Assert.False(await ForgetAsync(test));
        Assert.Equal("Ada Lovelace", await NameAsync(test, order));

        await charges.EndRefundAsync(order.OrderId, DateTimeOffset.UtcNow, Token);
        Assert.True(await ForgetAsync(test));
        Assert.True(await ForgetAsync(test));
        Assert.Equal("", await NameAsync(test, order));
        var answer = ChargeResponse.Parser.ParseFrom((await charges.FindByOrderAsync(order.OrderId, Token))!.Answer);
        Assert.Equal(("", "", "DE", 3499), (answer.Order.Email, answer.Order.Address.Name, answer.Order.Address.Country, answer.Order.Total.Cents));
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task ForgetAsync_takes_all_orders_and_receipts_that_were_given_up(DatabaseDialect engine)
    {
        await using var test = await TestDatabase.CreateAsync(engine, typeof(TransactionsModule).Assembly);
        var charges = new ChargeStore(test.Database);
        var declined = await BeginAsync(test, charges);
        await CloseAsync(charges, declined, OrderState.Declined);
        for (var count = 0; count < 101; count++)
        {
            await CloseAsync(charges, await BeginAsync(test, charges), OrderState.Paid);
        }

        await ExecuteAsync(test, "UPDATE receipt SET state = 'DEAD'");
        Assert.True(await ForgetAsync(test));

        await using var connection = await test.Database.OpenConnectionAsync(Token);
        Assert.Equal((0, 0, 102), await connection.QuerySingleAsync<(long, long, long)>(
            """
            SELECT (SELECT count(*) FROM receipt), (SELECT count(*) FROM orders WHERE name <> '' OR street <> '' OR email <> ''), (SELECT count(*) FROM orders)
            """));
    }

    private static async Task<Transactions.Orders.Order> BeginAsync(TestDatabase test, ChargeStore charges)
    {
        var charge = NewCharges.Create();
        await charges.BeginAsync(charge, Guid.NewGuid(), DateTimeOffset.UtcNow, Token);
        await ExecuteAsync(test, "UPDATE orders SET customer_id = @Customer WHERE order_id = @OrderId", new { Customer, charge.Order.OrderId });
        return charge.Order;
    }

    private static Task<MoveResult> CloseAsync(ChargeStore charges, Transactions.Orders.Order order, OrderState state)
    {
        var outcome = new PaymentOutcome(state);
        return charges.CloseAsync(order.OrderId, outcome, ContractMapping.ToAnswer(order.With(outcome)), DateTimeOffset.UtcNow, Token);
    }

    private static Task<bool> ForgetAsync(TestDatabase test) => test.Database.TransactionAsync(
        (connection, token) => new CustomerForgetting(test.Database).ForgetAsync(connection, Customer, token), Token);

    private static Task<int> ExecuteAsync(TestDatabase test, string sql, object? parameters = null) =>
        test.Database.TransactionAsync((connection, _) => connection.ExecuteAsync(sql, parameters), Token);

    private static async Task<string?> NameAsync(TestDatabase test, Transactions.Orders.Order order)
    {
        await using var connection = await test.Database.OpenConnectionAsync(Token);
        return await connection.ExecuteScalarAsync<string>("SELECT name FROM orders WHERE order_id = @OrderId", new { order.OrderId });
    }

    private static async Task UntilAsync(Func<Task<bool>> holdsAsync)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(TimeSpan.FromMinutes(1));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!await holdsAsync())
        {
            await timer.WaitForNextTickAsync(limit.Token);
        }
    }
}
