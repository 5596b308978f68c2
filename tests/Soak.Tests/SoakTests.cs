using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace BooksForYou.Soak.Tests;

/// <summary>
/// The whole store under a constant load for long: nothing fails, and nothing grows. docs/soak-tests.md says what is measured.
/// </summary>
public sealed class SoakTests
{
    // 80 MB, in hexadecimal, of which a third is in use. Without a limit the garbage collector lets gather what the machine has room for, which in a short run
    // looks like growth; with it, what is not let go of ends in errors.
    private const string HeapLimit = "5000000";

    // 16, in hexadecimal. The thread pool adds and ends threads as a busy machine makes it; with as many as it may have, all of them kept, every other thread
    // is one that somebody has left behind, and a thread of the pool that never comes back is missed by the pages.
    private const string PoolThreads = "10";

    private static readonly (string Name, Func<Sample, double> Value, double MostPerMinute)[] Measures =
    [
        ("memory, MB", sample => sample.MemoryMegabytes, 8),
        ("handles", sample => sample.Handles, 1),
        ("connections", sample => sample.Connections, 1),
        ("threads", sample => sample.Threads, 3),
    ];

    [Fact]
    public async Task Store_under_constant_load_fails_never_and_does_not_grow()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "What a process holds is read from /proc, which only Linux has.");
        var options = SoakOptions.FromEnvironment();
        var data = Directory.CreateTempSubdirectory("booksforyou-soak-").FullName;
        var port = FreePort.Next();
        var store = ProgramRun.Start(
            "dotnet",
            [Repository.ProgramOf("AllInOne"), "--data-dir", data, "--http-port", $"{port}", "--grpc-port", "0", "--test-gateway-port", "0"],
            environment:
            [
                ("MARKETPLACE__SEARCHESPERMINUTE", "1000000"), ("MARKETPLACE__CHECKOUTSPERMINUTE", "1000000"), ("SHOP_ADDRESS", $"http://localhost:{port}"),
                ("DOTNET_GCHeapHardLimit", HeapLimit),
                ("DOTNET_ThreadPool_ForceMinWorkerThreads", PoolThreads),
                ("DOTNET_ThreadPool_ForceMaxWorkerThreads", PoolThreads),
                ("DOTNET_ThreadPool_ThreadsToKeepAlive", "-1"),
            ]);
        try
        {
            await store.WaitForOutputAsync("Serving: ");
            using var load = new Load(new Uri($"http://localhost:{port}"), options.PagesPerSecond, options.WarmUp);
            var samples = await WatchAsync(store.Id, load, options);

            var report = Report(load, samples, options);
            TestContext.Current.TestOutputHelper!.WriteLine(report);
            await File.WriteAllTextAsync(Path.Combine(Directory.CreateDirectory(Path.Combine(Repository.Root, "artifacts", "soak")).FullName, "run.log"), report);
            Assert.Empty(load.Problems);
            Assert.Empty(string.Join('\n', store.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(IsError)));
            Assert.All(Measures, measure => Assert.True(GrowthOf(samples, measure.Value) <= LimitOf(measure.MostPerMinute, options), $"{measure.Name} grow.\n{report}"));
        }
        finally
        {
            await store.DisposeAsync();
            Directory.Delete(data, recursive: true);
        }
    }

    private static async Task<List<Sample>> WatchAsync(int processId, Load load, SoakOptions options)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        end.CancelAfter(options.Duration);
        var clock = Stopwatch.StartNew();
        var running = load.RunAsync(end.Token);
        var samples = new List<Sample>();
        using var timer = new PeriodicTimer(options.Interval);
        while (clock.Elapsed < options.Duration)
        {
            await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
            if (clock.Elapsed > options.Settled)
            {
                samples.Add(Sample.Of(processId, clock.Elapsed));
            }
        }

        await running;
        return samples;
    }

    private static double GrowthOf(IEnumerable<Sample> samples, Func<Sample, double> value) =>
        Trend.PerMinute([.. samples.Select(sample => (sample.Minutes, value(sample)))]);

    // In a long run what settles late weighs less, and a leak shows that is slower.
    private static double LimitOf(double mostPerMinute, SoakOptions options) => mostPerMinute * 2 / options.Duration.TotalMinutes;

    private static bool IsError(string line) => JsonDocument.Parse(line).RootElement.GetProperty("level").GetString() is "error" or "critical";

    private static string Report(Load load, IReadOnlyList<Sample> samples, SoakOptions options)
    {
        var lines = Measures.Select(measure =>
        {
            var values = samples.Select(measure.Value).ToList();
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{measure.Name,-12} {values[0],8:0.#} {values[^1],8:0.#} {values.Min(),8:0.#} {values.Max(),8:0.#} {GrowthOf(samples, measure.Value),10:0.000} {LimitOf(measure.MostPerMinute, options),8:0.000}");
        });
        return string.Join(
            '\n',
            [
                $"{options.Duration.TotalMinutes} minutes at {options.PagesPerSecond} pages a second: {load.PagesShown} pages, {load.Orders} orders, {load.Problems.Count} problems",
                $"after the first {options.Settled.TotalMinutes:0.#} minutes",
                $"{"",-12} {"first",8} {"last",8} {"least",8} {"most",8} {"a minute",10} {"allowed",8}",
                .. lines,
                "",
            ]);
    }
}
