using System.Diagnostics;
using System.Globalization;
using System.Text;
using BooksForYou.Contracts.Unversioned;
using BooksForYou.ServiceKit.Testing;
using Grpc.Core;
using Grpc.Net.Client;

namespace BooksForYou.SideBySide.Calls;

/// <summary>The store and its reference, both running, and what they do side by side.</summary>
internal sealed class Comparison : IAsyncDisposable
{
    private const int Starts = 5;

    private static readonly RecommendationRequest Request = new() { UserId = 1, Category = BookCategory.Mystery, MaxResults = 3 };

    private readonly string _data;
    private readonly MeasuredProgram _inventory;
    private readonly MeasuredProgram _recommendations;
    private readonly MeasuredProgram _store;
    private readonly MeasuredProgram _reference;
    private readonly TimeSpan _startUp;

    private Comparison(
        string data, MeasuredProgram inventory, MeasuredProgram recommendations, MeasuredProgram store, MeasuredProgram reference, TimeSpan startUp)
    {
        _data = data;
        _inventory = inventory;
        _recommendations = recommendations;
        _store = store;
        _reference = reference;
        _startUp = startUp;
    }

    /// <summary>Starts the store and the reference, and has both answer once, with the same books.</summary>
    public static async Task<Comparison> StartAsync(CancellationToken cancellation)
    {
        var data = Directory.CreateTempSubdirectory("booksforyou-bench-").FullName;

        // Recommendations has its books from Inventory; a start that is measured finds the copy that the first one has made.
        var accounts = (await TestAccounts.SharedAsync()).Host;
        var inventory = MeasuredProgram.Start(
            MeasuredProgram.PathOf("src", "Inventory"),
            (grpc, http) => ["--grpc-port", $"{grpc}", "--metrics-port", $"{http}", "--data-dir", data, "--accounts-host", accounts]);
        await inventory.WaitUntilReadyAsync(cancellation);
        var (recommendations, response, startUp) = await StartRecommendationsAsync(data, accounts, inventory.GrpcPort, cancellation);
        var store = MeasuredProgram.Start(
            MeasuredProgram.PathOf("src", "AllInOne"),
            (grpc, http) => ["--grpc-port", $"{grpc}", "--http-port", $"{http}", "--test-gateway-port", "0", "--data-dir", Path.Combine(data, "store")]);
        var page = Path.Combine(data, "page.html");
        await File.WriteAllTextAsync(page, await FirstPageAsync(store.HttpPort, cancellation), cancellation);
        var reference = MeasuredProgram.Start(
            MeasuredProgram.PathOf("benchmarks", "BareServer"),
            (grpc, http) => [$"{grpc}", $"{http}", page, .. response.Recommendations.Select(book => $"{book.Id}={book.Title}")]);
        var same = await FirstAnswerAsync(reference.GrpcPort, cancellation);
        return same.Equals(response)
            ? new Comparison(data, inventory, recommendations, store, reference, startUp)
            : throw new InvalidOperationException("The reference does not give the response of the service.");
    }

    /// <summary>Alternates runs of the store and the reference, and gives the medians as Markdown.</summary>
    public async Task<string> MeasureAsync(int pairs, TimeSpan duration, CancellationToken cancellation)
    {
        Measured recommend = new(_recommendations), bareRecommend = new(_reference), page = new(_store), barePage = new(_reference);
        Func<TimeSpan, Task>[] runs =
        [
            length => recommend.TakeAsync(length, program => LoadGenerator.RecommendAsync(program.GrpcPort, Request, length, cancellation)),
            length => bareRecommend.TakeAsync(length, program => LoadGenerator.RecommendAsync(program.GrpcPort, Request, length, cancellation)),
            length => page.TakeAsync(length, program => LoadGenerator.HomePageAsync(program.HttpPort, length, cancellation)),
            length => barePage.TakeAsync(length, program => LoadGenerator.HomePageAsync(program.HttpPort, length, cancellation)),
        ];

        await Console.Error.WriteLineAsync("Warming up …");
        foreach (var run in runs)
        {
            await run(duration);
        }

        foreach (var measured in new[] { recommend, bareRecommend, page, barePage })
        {
            measured.Clear();
        }

        for (var pair = 0; pair < pairs; pair++)
        {
            // Every other pair goes backwards, so that a machine that slows down does so for both.
            foreach (var run in pair % 2 == 0 ? runs : runs.Reverse())
            {
                await run(duration);
            }

            await Console.Error.WriteLineAsync(
                $"pair {pair + 1} of {pairs}: Recommend {recommend.LastRate:0} and {bareRecommend.LastRate:0} calls/s, home page {page.LastRate:0} and {barePage.LastRate:0} pages/s");
        }

        await CheckAsync(cancellation);
        return Report(pairs, duration, recommend, bareRecommend, page, barePage);
    }

    public async ValueTask DisposeAsync()
    {
        await _inventory.DisposeAsync();
        await _recommendations.DisposeAsync();
        await _store.DisposeAsync();
        await _reference.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    private static async Task<(MeasuredProgram Program, RecommendationResponse Response, TimeSpan StartUp)> StartRecommendationsAsync(
        string data, string accounts, int inventoryPort, CancellationToken cancellation)
    {
        List<TimeSpan> startUps = [];
        while (true)
        {
            var clock = Stopwatch.StartNew();
            var program = MeasuredProgram.Start(
                MeasuredProgram.PathOf("src", "Recommendations"),
                (grpc, http) =>
                [
                    "--grpc-port", $"{grpc}", "--metrics-port", $"{http}", "--data-dir", data, "--accounts-host", accounts,
                    "--inventory-host", $"127.0.0.1:{inventoryPort}",
                ]);
            var response = await FirstAnswerAsync(program.GrpcPort, cancellation);
            startUps.Add(clock.Elapsed);

            // The first start makes the database; it is not counted.
            if (startUps.Count > Starts)
            {
                return (program, response, TimeSpan.FromSeconds(Statistics.Median(startUps.Skip(1).Select(time => time.TotalSeconds))));
            }

            await program.DisposeAsync();
        }
    }

    private static async Task<RecommendationResponse> FirstAnswerAsync(int port, CancellationToken cancellation)
    {
        using var channel = GrpcChannel.ForAddress($"http://127.0.0.1:{port}");
        var client = new Recommendations.RecommendationsClient(channel);
        var limit = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                return await client.RecommendAsync(Request, cancellationToken: cancellation);
            }
            catch (RpcException error) when (error.StatusCode == StatusCode.Unavailable && limit.Elapsed < TimeSpan.FromMinutes(1))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(5), cancellation);
            }
        }
    }

    private static async Task<string> FirstPageAsync(int port, CancellationToken cancellation)
    {
        using var client = new HttpClient();
        var limit = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                var page = await client.GetStringAsync(new Uri($"http://127.0.0.1:{port}/"), cancellation);
                if (page.Contains("<li>", StringComparison.Ordinal))
                {
                    return page;
                }
            }
            catch (HttpRequestException) when (limit.Elapsed < TimeSpan.FromMinutes(1))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(5), cancellation);
            }
        }
    }

    // h2load takes an error in the trailers for a success: a client of our own makes sure that there was none.
    private async Task CheckAsync(CancellationToken cancellation)
    {
        foreach (var port in new[] { _recommendations.GrpcPort, _reference.GrpcPort })
        {
            var response = await FirstAnswerAsync(port, cancellation);
            if (response.Recommendations.Count != Request.MaxResults)
            {
                throw new InvalidOperationException($"Port {port} gave {response.Recommendations.Count} books.");
            }
        }
    }

    private string Report(int pairs, TimeSpan duration, Measured recommend, Measured bareRecommend, Measured page, Measured barePage)
    {
        var report = new StringBuilder();
        report.AppendLine(CultureInfo.InvariantCulture, $"Medians of {pairs} pairs of runs of {duration.TotalSeconds:0} s, {Environment.ProcessorCount} processors, .NET {Environment.Version}:");
        report.AppendLine();
        report.AppendLine("| | store | reference | ratio |");
        report.AppendLine("|---|---:|---:|---:|");
        Row("Recommend, calls/s (h2load, 4 connections × 50 streams, monitoring on)", recommend.Rate, bareRecommend.Rate, recommend.RateBeside(bareRecommend), "0");
        Row("Recommend, processor time of the server a call, µs", recommend.Microseconds, bareRecommend.Microseconds, recommend.MicrosecondsBeside(bareRecommend), "0.0");
        Row("Home page, pages/s (wrk, 32 connections; the reference serves the page from memory)", page.Rate, barePage.Rate, page.RateBeside(barePage), "0");
        Row("Home page, processor time of the server a page, µs", page.Microseconds, barePage.Microseconds, page.MicrosecondsBeside(barePage), "0");
        report.AppendLine(CultureInfo.InvariantCulture, $"| Peak memory of Recommendations, MiB | {_recommendations.PeakMemory:0} | {_reference.PeakMemory:0} | {_recommendations.PeakMemory / _reference.PeakMemory:0.00} |");
        report.AppendLine(CultureInfo.InvariantCulture, $"| Peak memory of Inventory, MiB | {_inventory.PeakMemory:0} | | |");
        report.AppendLine(CultureInfo.InvariantCulture, $"| Peak memory of the store in one process, MiB | {_store.PeakMemory:0} | | |");
        report.AppendLine(CultureInfo.InvariantCulture, $"| Start of Recommendations to its first answer, ms (median of {Starts}) | {_startUp.TotalMilliseconds:0} | | |");
        return report.ToString();

        void Row(string name, double ours, double reference, double ratio, string format) => report.AppendLine(
            CultureInfo.InvariantCulture,
            $"| {name} | {ours.ToString(format, CultureInfo.InvariantCulture)} | {reference.ToString(format, CultureInfo.InvariantCulture)} | {ratio:0.00} |");
    }
}
