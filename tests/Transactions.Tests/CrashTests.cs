using BooksForYou.Contracts.Transactions.V1;
using BooksForYou.ServiceKit.Storage;
using BooksForYou.ServiceKit.Testing;
using BooksForYou.TestGateway;
using Grpc.Core;

namespace BooksForYou.Transactions.Tests;

/// <summary>Kills the service, as a process of its own, between any two steps of a charge or a refund, and sees what the next process makes of it.</summary>
public class CrashTests
{
    public static TheoryData<DatabaseDialect, string, bool, OrderState, string[]> Moments()
    {
        var data = new TheoryData<DatabaseDialect, string, bool, OrderState, string[]>();
        foreach (var engine in new[] { DatabaseDialect.Sqlite, DatabaseDialect.PostgreSql })
        {
            // Before the request of a step reaches the gateway, or after the step is done and before its answer comes back.
            foreach (var (step, before, state, payment) in new (string, bool, OrderState, string[])[]
            {
                ("PUT", true, OrderState.Declined, ["voided"]),
                ("PUT", false, OrderState.Paid, ["authorized", "captured"]),
                ("POST capture", true, OrderState.Paid, ["authorized", "captured"]),
                ("POST capture", false, OrderState.Paid, ["authorized", "captured"]),
                ("POST refund", true, OrderState.Refunded, ["authorized", "captured", "refunded"]),
                ("POST refund", false, OrderState.Refunded, ["authorized", "captured", "refunded"]),
            })
            {
                data.Add(new TheoryDataRow<DatabaseDialect, string, bool, OrderState, string[]>(engine, step, before, state, payment)
                {
                    Skip = engine == DatabaseDialect.PostgreSql ? PostgresServer.SkipReason : null,
                });
            }
        }

        return data;
    }

    [Theory, MemberData(nameof(Moments))]
    public async Task Process_killed_at_a_step_the_next_one_settles_the_payment(DatabaseDialect engine, string step, bool before, OrderState state, string[] payment)
    {
        var folder = Directory.CreateTempSubdirectory("booksforyou-crash-").FullName;
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var gateway = await TestGatewayServer.StartAsync(new TestGatewayOptions { Port = 0, DataDirectory = folder });
        await using var network = await GatewayProxy.StartAsync(gateway.Address);
        var request = Requests.Charge();

        using (var victim = await TransactionsProcess.StartAsync(database, network.Address, folder))
        {
            var kill = KillAt(victim, step);
            (network.Before, network.After) = before ? (kill, network.After) : (network.Before, kill);
            await Assert.ThrowsAsync<RpcException>(async () =>
            {
                var order = (await victim.Client.ChargeAsync(request)).Order;
                await victim.Client.RefundAsync(new RefundRequest { OrderId = order.OrderId });
            });
            await victim.Exited;
        }

        network.Before = network.After = (_, _) => Task.FromResult(true);
        using (var heir = await TransactionsProcess.StartAsync(database, network.Address, folder))
        {
            var settled = await RunningTransactions.UntilAsync(heir.Client, request.IdempotencyKey, state);

            Assert.Equal(payment, Assert.Single(await GatewayLedger.ReadAsync(gateway.Address)).Value);
            if (state != OrderState.Refunded)
            {
                // The same customer's retry, with the card: the answer is what was settled without it.
                Assert.Equal(settled, (await heir.Client.ChargeAsync(request)).Order);
            }
        }

        // When nobody writes receipts there any more.
        Directory.Delete(folder, recursive: true);
    }

    private static Func<string, CancellationToken, Task<bool>> KillAt(TransactionsProcess victim, string step) => async (current, _) =>
    {
        if (current != step)
        {
            return true;
        }

        await victim.KillAsync();
        return false;
    };
}
