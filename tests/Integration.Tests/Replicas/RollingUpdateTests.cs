using System.Diagnostics;
using System.Text.Json;

namespace BooksForYou.Integration.Tests.Replicas;

/// <summary>
/// Every replica of every service, one after the other, is ended and started anew while people look and buy: told to stop, as in a rolling update, or killed.
/// docs/rolling-updates.md says what makes it work.
/// </summary>
public sealed class RollingUpdateTests
{
    // As minReadySeconds of a Kubernetes Deployment: the next one is not taken before callers have found this one.
    private static readonly TimeSpan MinReady = TimeSpan.FromSeconds(2);

    // A call that was made in the moment of a kill, before its connection was known to be lost.
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan TimeToSettle = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Every_service_stopped_and_killed_only_calls_in_flight_of_the_killed_fail_and_no_order_is_lost()
    {
        var reason = Environment.GetEnvironmentVariable("ROLLING") == "1"
            ? await ReplicatedStore.FindSkipReasonAsync()
            : "Fifteen programs that are started again one by one need a machine to themselves: ./test rolling runs this.";
        Assert.SkipWhen(reason is not null, reason ?? "");
        await using var store = await ReplicatedStore.StartAsync();

        var (load, ends) = await UpdateAsync(store);

        var kills = ends.Where(end => end.IsKill).ToList();
        AssertNone(
            load.Requests.Where(request => request.Problem is not null
                && !kills.Exists(kill => request.Ended >= kill.At && Stopwatch.GetElapsedTime(kill.At, request.Began) < Moment)),
            ends,
            store);
        await AssertBooksBalanceAsync(store, load);
    }

    private static void AssertNone(IEnumerable<Load.Sent> failed, List<End> ends, ReplicatedStore store)
    {
        var lines = failed.Select(request =>
        {
            var last = ends.FindLast(end => end.At < request.Ended)!;
            return $"{Stopwatch.GetElapsedTime(last.At, request.Began).TotalSeconds:0.00} s after {last.What}: {request}";
        }).ToList();
        if (lines.Count > 0)
        {
            var logs = Directory.CreateDirectory(Path.Combine(Repository.Root, "artifacts", "replicas")).FullName;
            store.KeepLogs(logs);
            Assert.Fail($"{lines.Count} requests failed; the logs are in {logs}.\n{string.Join('\n', lines.Take(40))}");
        }
    }

    private static async Task<(Load Load, List<End> Ends)> UpdateAsync(ReplicatedStore store)
    {
        var ends = new List<End>();
        await using var balancer = new LoadBalancer(store.WebPort);
        await WarmUpAsync(balancer);
        var load = new Load(balancer);
        using var end = new CancellationTokenSource();
        var running = load.RunAsync(end.Token);
        foreach (var service in ReplicatedStore.Services)
        {
            for (var replica = 0; replica < ReplicatedStore.Replicas; replica++)
            {
                // The first replica of each service is told to stop, the second one is killed.
                var isKill = replica > 0;
                ends.Add(new End($"{service} was {(isKill ? "killed" : "stopped")}", Stopwatch.GetTimestamp(), isKill));
                await (isKill ? store.KillAsync(service, replica) : store.StopAsync(service, replica));
                await store.StartAsync(service, replica);
                await Task.Delay(MinReady, TestContext.Current.CancellationToken);
            }
        }

        await end.CancelAsync();
        await running;
        return (load, ends);
    }

    // The first requests of processes that were started all at once take long: they are not what is tested.
    private static async Task WarmUpAsync(LoadBalancer balancer)
    {
        for (var clock = Stopwatch.StartNew(); ;)
        {
            using var end = new CancellationTokenSource(TimeSpan.FromSeconds(3));
            var load = new Load(balancer);
            await load.RunAsync(end.Token);
            if (load.Requests.All(request => request.Problem is null))
            {
                return;
            }

            Assert.True(clock.Elapsed < TimeToSettle, $"Requests fail though all replicas serve: {load.Requests.First(request => request.Problem is not null)}");
        }
    }

    private static async Task AssertBooksBalanceAsync(ReplicatedStore store, Load load)
    {
        await UntilAsync(async () => await store.QueryAsync<string>(
            "Cart", "SELECT idempotency_key || ' is ' || state FROM sale WHERE state <> 'Done'"));
        await UntilAsync(async () => await store.QueryAsync<string>(
            "Transactions", "SELECT order_id || ' is ' || state FROM orders WHERE state IN ('PENDING', 'REFUNDING')"));

        var paid = await store.QueryAsync<string>("Transactions", "SELECT order_id FROM orders WHERE state = 'PAID'");
        Assert.NotEmpty(load.Told);
        Assert.Empty(load.Told.Except(paid));
        Assert.Empty(await store.QueryAsync<string>("Transactions", "SELECT email FROM orders WHERE state = 'PAID' GROUP BY email HAVING COUNT(*) > 1"));

        var captured = (await store.ReadLedgerAsync())
            .Select(line => JsonDocument.Parse(line).RootElement)
            .Where(entry => entry.GetProperty("state").GetString() == "captured")
            .Select(entry => entry.GetProperty("key").GetString()!)
            .ToList();
        var payments = await store.QueryAsync<string>(
            "Transactions", "SELECT payment_key FROM charge JOIN orders USING (order_id) WHERE orders.state IN ('PAID', 'REFUNDED')");
        Assert.Equal(payments.Order(StringComparer.Ordinal), captured.Order(StringComparer.Ordinal));

        Assert.Empty(await store.QueryAsync<int>("Inventory", "SELECT book_id FROM stock_discrepancy"));
        Assert.Equal(
            await store.QueryAsync<long>(
                "Transactions", "SELECT COALESCE(SUM(quantity), 0)::bigint FROM order_line JOIN orders USING (order_number) WHERE orders.state = 'PAID'"),
            await store.QueryAsync<long>("Inventory", "SELECT SUM(sold)::bigint FROM stock"));
    }

    private static async Task UntilAsync(Func<Task<List<string>>> unfinishedAsync)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        var clock = Stopwatch.StartNew();
        while (await unfinishedAsync() is { Count: > 0 } unfinished)
        {
            Assert.True(clock.Elapsed < TimeToSettle, $"Not over after {TimeToSettle.TotalSeconds} s:\n{string.Join('\n', unfinished)}");
            await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }

    /// <summary>The end of a replica.</summary>
    /// <param name="What">What happened.</param>
    /// <param name="At">When it began, by the clock of <see cref="Stopwatch"/>.</param>
    /// <param name="IsKill">Whether it was killed.</param>
    private sealed record End(string What, long At, bool IsKill);
}
