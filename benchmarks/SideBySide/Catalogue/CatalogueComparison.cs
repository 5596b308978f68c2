using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using BooksForYou.Contracts.Inventory.V1;
using BooksForYou.ServiceKit.Testing;
using Grpc.Core;
using Grpc.Net.Client;

namespace BooksForYou.SideBySide.Catalogue;

/// <summary>Book pages and searches with few and with many books in the catalogue, side by side on one PostgreSQL server.</summary>
internal sealed class CatalogueComparison : IAsyncDisposable
{
    private const int AtOnce = 4;
    private const int Seed = 3;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);

    private readonly string _data;
    private readonly PostgresServer _server;
    private readonly CatalogueStore _few;
    private readonly CatalogueStore _many;
    private readonly BookGenerator _generator;
    private readonly HttpClient _http = new();
    private readonly ConcurrentDictionary<(CatalogueStore Store, string What), ConcurrentBag<TimeSpan>> _times = new();
    private int _seed = Seed;

    private CatalogueComparison(string data, PostgresServer server, CatalogueStore few, CatalogueStore many, BookGenerator generator) =>
        (_data, _server, _few, _many, _generator) = (data, server, few, many, generator);

    public static async Task<CatalogueComparison> StartAsync(int few, int many, CancellationToken cancellation)
    {
        var data = Directory.CreateTempSubdirectory("booksforyou-bench-").FullName;
        var server = await PostgresServer.StartAsync(fsync: true);
        var generator = new BookGenerator();
        return new CatalogueComparison(
            data,
            server,
            await CatalogueStore.StartAsync(server, generator, few, Folder(data, few), cancellation),
            await CatalogueStore.StartAsync(server, generator, many, Folder(data, many), cancellation),
            generator);
    }

    /// <summary>Alternates runs on both catalogues, and gives times and their growth as Markdown.</summary>
    public async Task<string> MeasureAsync(int pairs, TimeSpan duration, CancellationToken cancellation)
    {
        await Console.Error.WriteLineAsync("Warming up …");
        foreach (var store in new[] { _few, _many })
        {
            await RunAllAsync(store, WarmUp, cancellation);
        }

        _times.Clear();
        for (var pair = 0; pair < pairs; pair++)
        {
            foreach (var store in pair % 2 == 0 ? new[] { _few, _many } : [_many, _few])
            {
                await RunAllAsync(store, duration, cancellation);
            }

            await Console.Error.WriteLineAsync($"pair {pair + 1} of {pairs}");
        }

        return Report(pairs, duration);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _few.DisposeAsync();
        await _many.DisposeAsync();
        await _server.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    private static string Folder(string data, int books) => Directory.CreateDirectory(Path.Combine(data, $"{books}")).FullName;

    private async Task RunAllAsync(CatalogueStore store, TimeSpan duration, CancellationToken cancellation)
    {
        using var channel = GrpcChannel.ForAddress($"http://127.0.0.1:{store.Inventory.GrpcPort}");
        var inventory = new InventoryService.InventoryServiceClient(channel);
        var limit = new CallOptions(deadline: DateTime.UtcNow.AddMinutes(10), cancellationToken: cancellation);
        await RunAsync(store, duration, async queries =>
        {
            var clock = Stopwatch.StartNew();
            await inventory.GetBookAsync(new GetBookRequest { BookId = queries.NextBook() }, limit);
            Note(store, "GetBook", clock.Elapsed);
        });
        await RunAsync(store, duration, async queries =>
        {
            var (kind, text) = queries.Next();
            var clock = Stopwatch.StartNew();
            await inventory.SearchBooksAsync(new SearchBooksRequest { Query = text, PageSize = 24 }, limit);
            Note(store, "SearchBooks", clock.Elapsed);
            Note(store, $"SearchBooks, {kind}", clock.Elapsed);
        });
        await RunAsync(store, duration, queries => PageAsync(store, "Book page", $"books/{queries.NextBook()}", cancellation));
        await RunAsync(store, duration, queries =>
            PageAsync(store, "Search page", $"search?q={Uri.EscapeDataString(queries.Next().Text)}", cancellation));
    }

    private async Task RunAsync(CatalogueStore store, TimeSpan duration, Func<Queries, Task> actAsync)
    {
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => Task.Run(async () =>
        {
            var queries = new Queries(_generator, store.Books, Interlocked.Increment(ref _seed));
            while (clock.Elapsed < duration)
            {
                await actAsync(queries);
            }
        })));
    }

    private async Task PageAsync(CatalogueStore store, string what, string path, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        using var response = await _http.GetAsync(new Uri($"http://127.0.0.1:{store.Marketplace.HttpPort}/{path}"), cancellation);
        if (response.StatusCode != HttpStatusCode.OK)
        {
            throw new InvalidOperationException($"{path} was answered with {(int)response.StatusCode}: the run does not count.");
        }

        Note(store, what, clock.Elapsed);
    }

    private void Note(CatalogueStore store, string what, TimeSpan time) => _times.GetOrAdd((store, what), _ => []).Add(time);

    private string Report(int pairs, TimeSpan duration)
    {
        var report = new StringBuilder();
        report.AppendLine(CultureInfo.InvariantCulture, $"{pairs} pairs of runs of {duration.TotalSeconds:0} s with {AtOnce} at once, {Environment.ProcessorCount} processors, .NET {Environment.Version}; milliseconds:");
        report.AppendLine();
        report.AppendLine(CultureInfo.InvariantCulture, $"| | {_few.Books:#,0} books, median | 99th percentile | {_many.Books:#,0} books, median | 99th percentile | growth of the median | of the 99th percentile |");
        report.AppendLine("|---|---:|---:|---:|---:|---:|---:|");
        string[] kinds = [.. Enum.GetNames<SearchKind>().Select(kind => $"SearchBooks, {kind}")];
        foreach (var what in (string[])["Book page", "Search page", "GetBook", "SearchBooks", .. kinds])
        {
            var (few, many) = (Sorted(_few, what), Sorted(_many, what));
            var (few50, few99, many50, many99) =
                (Statistics.Percentile(few, 50), Statistics.Percentile(few, 99), Statistics.Percentile(many, 50), Statistics.Percentile(many, 99));
            report.AppendLine(
                CultureInfo.InvariantCulture,
                $"| {what} | {few50:0.0} | {few99:0.0} | {many50:0.0} | {many99:0.0} | {many50 / few50:0.00} | {many99 / few99:0.00} |");
        }

        foreach (var ((name, few), (_, many)) in _few.All().Zip(_many.All()))
        {
            report.AppendLine(CultureInfo.InvariantCulture, $"| Peak memory of {name}, MiB | {few.PeakMemory:0} | | {many.PeakMemory:0} | | | |");
        }

        return report.ToString();
    }

    private List<TimeSpan> Sorted(CatalogueStore store, string what) => [.. _times[(store, what)].Order()];
}
