using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using BooksForYou.Contracts.Inventory.V1;
using BooksForYou.ServiceKit.Testing;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;

namespace BooksForYou.SideBySide.Checkout;

/// <summary>The checkout of the store, and what its sales write sent straight to PostgreSQL, side by side on one server.</summary>
internal sealed class CheckoutComparison : IAsyncDisposable
{
    private const int Copies = 1_000_000;
    private const int Seed = 1;

    // The store's own pools and those of the reference are open at the same time.
    private const string Settings = "-c max_connections=700";

    private readonly string _data;
    private readonly PostgresServer _server;
    private readonly SaleDatabases _databases;
    private readonly SaleDatabases _copies;
    private readonly SellingServices _services;
    private readonly Visitors _visitors;
    private readonly int _atOnce;
    private readonly int _books;
    private readonly Random _random = new(Seed);
    private DirectSales? _direct;

    private CheckoutComparison(
        string data, PostgresServer server, SaleDatabases databases, SaleDatabases copies, SellingServices services, TestAccounts accounts, int books, int atOnce)
    {
        (_data, _server, _databases, _copies, _services, _books, _atOnce) = (data, server, databases, copies, services, books, atOnce);
        _visitors = new Visitors(services.Cart.GrpcPort, atOnce, accounts);
    }

    /// <summary>Starts a server of PostgreSQL with its default settings (every commit waits for the disk), and the services on it.</summary>
    public static async Task<CheckoutComparison> StartAsync(int atOnce, CancellationToken cancellation)
    {
        await Console.Error.WriteLineAsync("Starting PostgreSQL and the services …");
        var data = Directory.CreateTempSubdirectory("booksforyou-bench-").FullName;
        var server = await PostgresServer.StartAsync(fsync: true, Settings);
        var databases = await SaleDatabases.CreateAsync(server.ConnectionString, cancellation);
        var accounts = await TestAccounts.SharedAsync();
        int books;
        await using (var services = await SellingServices.StartAsync(databases, accounts, data, cancellation))
        {
            books = await StockUpAsync(services.Inventory.GrpcPort, accounts, cancellation);
        }

        // The reference writes to copies made here, with the same books in them.
        var copies = await databases.CopyAsync(server.ConnectionString, cancellation);
        return new CheckoutComparison(
            data, server, databases, copies, await SellingServices.StartAsync(databases, accounts, data, cancellation), accounts, books, atOnce);
    }

    /// <summary>Gives the statements that one sale sends, as the server has logged them.</summary>
    public async Task<string> ShowStatementsAsync(CancellationToken cancellation)
    {
        var (recording, _) = await RecordAsync(cancellation);
        var text = new StringBuilder();
        foreach (var (i, transaction) in recording.Transactions.Index())
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"-- transaction {i + 1}, database {transaction[0].Database}");
            text.AppendJoin('\n', transaction).AppendLine();
        }

        return text.ToString();
    }

    /// <summary>Alternates runs of the store and of the reference, and gives the medians as Markdown.</summary>
    public async Task<string> MeasureAsync(int pairs, int sales, CancellationToken cancellation)
    {
        var (recording, other) = await RecordAsync(cancellation);
        _direct = new DirectSales((recording, other), _databases, _copies);
        await Console.Error.WriteLineAsync($"A sale writes in {recording.Transactions.Count} transactions. Warming up …");
        await SellAsync(sales, [], cancellation);
        await SellDirectlyAsync(sales, cancellation);

        List<double> store = [], direct = [];
        ConcurrentBag<TimeSpan> latencies = [];
        for (var pair = 0; pair < pairs; pair++)
        {
            // Every other pair goes backwards, so that a machine that slows down does so for both.
            if (pair % 2 == 0)
            {
                store.Add(await SellAsync(sales, latencies, cancellation));
            }

            direct.Add(await SellDirectlyAsync(sales, cancellation));
            if (pair % 2 == 1)
            {
                store.Add(await SellAsync(sales, latencies, cancellation));
            }

            await Console.Error.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"pair {pair + 1} of {pairs}: {store[^1]:0} and {direct[^1]:0} sales/s, ratio {store[^1] / direct[^1]:0.00}"));
        }

        return Report(pairs, sales, recording, store, direct, [.. latencies.Order()]);
    }

    public async ValueTask DisposeAsync()
    {
        _visitors.Dispose();
        await (_direct?.DisposeAsync() ?? ValueTask.CompletedTask);
        await _services.DisposeAsync();
        await _server.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    private static async Task<int> StockUpAsync(int port, TestAccounts accounts, CancellationToken cancellation)
    {
        using var channel = GrpcChannel.ForAddress($"http://127.0.0.1:{port}");
        var inventory = new InventoryService.InventoryServiceClient(channel.Intercept(accounts.AsWhoeverMay()));
        var last = 0;
        var page = new ListBooksResponse();
        do
        {
            page = await inventory.ListBooksAsync(new ListBooksRequest { PageSize = 100, PageToken = page.NextPageToken }, cancellationToken: cancellation);
            last = Math.Max(last, page.Books.Max(book => book.BookId));
            await Task.WhenAll(page.Books.Select(book => inventory.AdjustStockAsync(
                new AdjustStockRequest { AdjustmentId = $"bench-{book.BookId}", BookId = book.BookId, Delta = Copies, Reason = "bench" },
                cancellationToken: cancellation).ResponseAsync));
        }
        while (page.NextPageToken.Length > 0);

        return last;
    }

    private Task<(SaleRecording First, SaleRecording Second)> RecordAsync(CancellationToken cancellation) =>
        SaleRecording.MakeAsync(_server.ConnectionString, _databases, _visitors, NextVisit, cancellation);

    private Visit NextVisit() => Visit.Random(_random, _books);

    private List<Visit> NextVisits(int count) => [.. Enumerable.Range(0, count).Select(_ => NextVisit())];

    private async Task<double> SellAsync(int sales, ConcurrentBag<TimeSpan> latencies, CancellationToken cancellation)
    {
        var visits = NextVisits(sales);
        await _visitors.FillAsync(visits, cancellation);
        var elapsed = await _visitors.CheckOutAsync(visits, latencies, cancellation);
        await SaleCheck.WaitForReceiptsAsync(_databases, cancellation);
        await SaleCheck.RequireAsync(_databases, visits, cancellation);
        return sales / elapsed.TotalSeconds;
    }

    private async Task<double> SellDirectlyAsync(int sales, CancellationToken cancellation)
    {
        var visits = NextVisits(sales);
        await _direct!.FillAsync(visits, _databases, cancellation);
        var elapsed = await _direct.SellAsync(visits, _atOnce, cancellation);
        await SaleCheck.RequireAsync(_copies, visits, cancellation);
        return sales / elapsed.TotalSeconds;
    }

    private string Report(
        int pairs, int sales, SaleRecording recording, List<double> store, List<double> direct, List<TimeSpan> latencies)
    {
        var ratio = Statistics.Median(store.Zip(direct, (ours, reference) => ours / reference));
        var report = new StringBuilder();
        report.AppendLine(CultureInfo.InvariantCulture, $"Medians of {pairs} pairs of runs of {sales} sales with {_atOnce} visitors at once, {Environment.ProcessorCount} processors, .NET {Environment.Version}:");
        report.AppendLine();
        report.AppendLine("| | store | straight to PostgreSQL | ratio |");
        report.AppendLine("|---|---:|---:|---:|");
        report.AppendLine(CultureInfo.InvariantCulture, $"| Durable checkouts a second | {Statistics.Median(store):0} | {Statistics.Median(direct):0} | {ratio:0.00} |");
        report.AppendLine(CultureInfo.InvariantCulture, $"| Transactions that write, and the statements in them, a sale | {recording.Transactions.Count}, {recording.Transactions.Sum(transaction => transaction.Count)} | the same | |");
        report.AppendLine(CultureInfo.InvariantCulture, $"| Time of a checkout, median and 99th percentile, ms | {Statistics.Percentile(latencies, 50):0} and {Statistics.Percentile(latencies, 99):0} | | |");
        foreach (var (name, program) in _services.All())
        {
            report.AppendLine(CultureInfo.InvariantCulture, $"| Peak memory of {name}, MiB | {program.PeakMemory:0} | | |");
        }

        return report.ToString();
    }
}
