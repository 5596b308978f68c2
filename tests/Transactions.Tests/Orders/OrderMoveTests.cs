using BooksForYou.ServiceKit.Storage;
using BooksForYou.ServiceKit.Testing;
using BooksForYou.Transactions.Orders;
using Dapper;

namespace BooksForYou.Transactions.Tests.Orders;

public class OrderMoveTests
{
    private static readonly OrderState[] States = Enum.GetValues<OrderState>();

    [Fact]
    public void All_documentation_is_the_same_table()
    {
        var rows = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "docs/orders.md"))
            .SkipWhile(line => !line.StartsWith("| From | To |", StringComparison.Ordinal))
            .Skip(2)
            .TakeWhile(line => line.StartsWith('|'))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries)[1..4]);

        var moves = OrderMove.All.Select(move => new[] { move.From is { } from ? OrderMove.Text(from) : "–", OrderMove.Text(move.To), move.When });

        Assert.Equal(moves, rows);
    }

    [Fact]
    public void All_each_state_is_entered_once_at_most()
    {
        // The feed and the receipts rely on it: there is no way back to a state.
        foreach (var state in States)
        {
            Assert.False(Reaches(state, state), $"{state} can be entered again.");
        }
    }

    [Fact]
    public void State_numbers_are_those_of_the_contract()
    {
        foreach (var state in States)
        {
            Assert.Equal(state.ToString(), ((Contracts.Transactions.V1.OrderState)state).ToString());
        }
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Move_from_any_state_to_any_other_happens_only_if_the_table_has_it(DatabaseDialect engine)
    {
        await using var test = await TestDatabase.CreateAsync(engine, typeof(TransactionsModule).Assembly);
        var store = new ChargeStore(test.Database);
        var targets = new Dictionary<OrderState, Func<string, Task<MoveResult>>>
        {
            [OrderState.Paid] = id => store.CloseAsync(id, new PaymentOutcome(OrderState.Paid, "visa", "4242"), [1], DateTimeOffset.UtcNow, default),
            [OrderState.Declined] = id => store.CloseAsync(id, new PaymentOutcome(OrderState.Declined), [1], DateTimeOffset.UtcNow, default),
            [OrderState.Refunding] = id => store.BeginRefundAsync(id, Guid.NewGuid(), DateTimeOffset.UtcNow, DateTimeOffset.UtcNow, default),
            [OrderState.Refunded] = id => store.EndRefundAsync(id, DateTimeOffset.UtcNow, default),
        };

        foreach (var from in States)
        {
            foreach (var (to, move) in targets)
            {
                var charge = NewCharges.Create();
                await store.BeginAsync(charge, Guid.NewGuid(), DateTimeOffset.UtcNow, default);
                await SetStateAsync(test.Database, charge.Order.OrderId, from);

                var result = await move(charge.Order.OrderId);

                Assert.Equal(OrderMove.IsLegal(from, to) ? to : from, result.State);
                Assert.Equal(result.State == to, result.Moved);
                Assert.Equal(result.State, (await new OrderStore(test.Database).FindAsync(charge.Order.OrderId, default))!.State);
            }
        }
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Move_twice_leaves_one_event_one_receipt_and_the_first_answer(DatabaseDialect engine)
    {
        await using var test = await TestDatabase.CreateAsync(engine, typeof(TransactionsModule).Assembly);
        var store = new ChargeStore(test.Database);
        var charge = NewCharges.Create();
        await store.BeginAsync(charge, Guid.NewGuid(), DateTimeOffset.UtcNow, default);

        await store.CloseAsync(charge.Order.OrderId, new PaymentOutcome(OrderState.Paid, "visa", "4242"), [1], DateTimeOffset.UtcNow, default);
        var second = await store.CloseAsync(charge.Order.OrderId, new PaymentOutcome(OrderState.Paid, "visa", "4242"), [2], DateTimeOffset.UtcNow, default);

        Assert.Equal([1], second.Answer!);
        await using var connection = await test.Database.OpenConnectionAsync();
        Assert.Equal(["PENDING", "PAID"], await connection.QueryAsync<string>("SELECT state FROM order_event ORDER BY event_number"));
        Assert.Equal(1, await connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM receipt"));
    }

    private static bool Reaches(OrderState from, OrderState to) =>
        OrderMove.All.Any(move => move.From == from && (move.To == to || Reaches(move.To, to)));

    private static Task<int> SetStateAsync(Database database, string orderId, OrderState state) => database.TransactionAsync(
        (connection, _) => connection.ExecuteAsync("UPDATE orders SET state = @state WHERE order_id = @orderId", new { state = OrderMove.Text(state), orderId }));
}
