using System.Diagnostics;
using BooksForYou.Contracts.Cart.V1;
using BooksForYou.ServiceKit.Storage;
using BooksForYou.ServiceKit.Testing;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using V1 = BooksForYou.Contracts.Cart.V1;

namespace BooksForYou.Cart.Tests.Sales;

/// <summary>Kills the real process while another service answers it, and starts it again.</summary>
public sealed class KilledProcessTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static IEnumerable<TheoryDataRow<DatabaseDialect, string, bool, SaleOutcome>> Cases()
    {
        (string Method, bool After, SaleOutcome Outcome)[] cases =
        [
            ("ReserveStock", false, SaleOutcome.Interrupted),
            ("ReserveStock", true, SaleOutcome.Interrupted),
            ("Charge", true, SaleOutcome.Sold),
            ("CommitReservation", false, SaleOutcome.Sold),
            ("CommitReservation", true, SaleOutcome.Sold),
        ];
        return new DatabaseEngines().SelectMany(engine => cases.Select(one =>
            new TheoryDataRow<DatabaseDialect, string, bool, SaleOutcome>(engine.Data, one.Method, one.After, one.Outcome)
            {
                Skip = engine.Skip,
            }));
    }

    [Theory, MemberData(nameof(Cases))]
    public async Task Checkout_process_is_killed_the_next_one_ends_the_sale(
        DatabaseDialect engine, string method, bool after, SaleOutcome outcome)
    {
        await using var store = await Store.StartAsync(engine);
        var request = await store.FillBasketAsync(quantity: 2);
        var port = FreePort.Next();
        using var channel = GrpcChannel.ForAddress($"http://127.0.0.1:{port}");
        var accounts = await TestAccounts.SharedAsync();
        var client = new V1.CartService.CartServiceClient(channel.Intercept(accounts.AsWhoeverMay()));
        using var first = await StartProcessAsync(store, port);
        foreach (var interference in new[] { store.Inventory.Interference, store.Transactions.Interference })
        {
            Action<string, Func<Task>> at = after ? interference.After : interference.Before;
            at(method, () =>
            {
                interference.Clear();
                first.Kill();
                return Task.CompletedTask;
            });
        }

        await FailsAsync(client, request, first);
        using var second = await StartProcessAsync(store, port);
        try
        {
            var answer = await client.CheckoutAsync(
                request, new CallOptions(deadline: DateTime.UtcNow.AddMinutes(1), cancellationToken: Token).WithWaitForReady());
            Assert.Equal(outcome, answer.Outcome);
            Assert.Equal(outcome == SaleOutcome.Sold ? 1 : 0, store.Transactions.MoneyMoves(request.IdempotencyKey));
            await AssertConsistentAsync(store);
        }
        finally
        {
            second.Kill();
            await second.WaitForExitAsync(Token);
        }
    }

    private static async Task FailsAsync(V1.CartService.CartServiceClient client, CheckoutRequest request, Process process)
    {
        try
        {
            await StatusAssert.FailsAsync(StatusCode.Unavailable, client.CheckoutAsync(request, cancellationToken: Token));
            await process.WaitForExitAsync(Token).WaitAsync(TimeSpan.FromMinutes(1), Token);
        }
        finally
        {
            // Whatever went wrong, no process is left behind.
            process.Kill();
        }
    }

    // The answer may be there a moment before the copies are given back.
    private static async Task AssertConsistentAsync(Store store)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        for (var looks = 0; looks < 200 && await store.CountUnfinishedAsync() > 0; looks++)
        {
            await timer.WaitForNextTickAsync(Token);
        }

        await store.AssertConsistentAsync();
    }

    private static async Task<Process> StartProcessAsync(Store store, int port)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList =
            {
                typeof(CartModule).Assembly.Location,
                "--grpc-port", $"{port}", "--metrics-port", "0", "--cart-database", store.Database.ConnectionString,
                "--inventory-host", store.Peers.Address, "--transactions-host", store.Peers.Address,
                "--accounts-host", (await TestAccounts.SharedAsync()).Host,
                "--cart-lease", "00:00:01", "--cart-recovery-interval", "00:00:00.1", "--cart-answer-timeout", "00:01:00",
                "--cart-catalogue-timeout", "00:00:30", "--cart-stock-timeout", "00:00:30",
            },
            // Not on the command line, where whoever lists processes sees it.
            Environment = { ["SERVICE_SECRET"] = RunningCart.Secret },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var serving = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data?.Contains("Serving", StringComparison.Ordinal) == true)
            {
                serving.TrySetResult();
            }
        };
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await serving.Task.WaitAsync(TimeSpan.FromMinutes(1), Token);
        return process;
    }
}
