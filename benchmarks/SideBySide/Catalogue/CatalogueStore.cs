using BooksForYou.Inventory.Catalogue;
using BooksForYou.ServiceKit.Testing;
using Npgsql;
using NpgsqlTypes;

namespace BooksForYou.SideBySide.Catalogue;

/// <summary>The store with a catalogue of some size: Inventory, Recommendations and Marketplace, each a process of its own.</summary>
internal sealed class CatalogueStore : IAsyncDisposable
{
    private readonly List<MeasuredProgram> _programs = [];

    private CatalogueStore(int books) => Books = books;

    /// <summary>How many books it has.</summary>
    public int Books { get; }

    public MeasuredProgram Inventory { get; private set; } = null!;

    public MeasuredProgram Recommendations { get; private set; } = null!;

    public MeasuredProgram Marketplace { get; private set; } = null!;

    /// <summary>Makes the databases, puts the books into them, and starts the services.</summary>
    public static async Task<CatalogueStore> StartAsync(
        PostgresServer server, BookGenerator generator, int books, string data, CancellationToken cancellation)
    {
        var store = new CatalogueStore(books);
        try
        {
            await store.StartAsync(await server.CreateDatabaseAsync(), await server.CreateDatabaseAsync(), generator, data, cancellation);
            return store;
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }

    /// <summary>The processes by name.</summary>
    public IEnumerable<(string Name, MeasuredProgram Program)> All() =>
        [("Inventory", Inventory), ("Recommendations", Recommendations), ("Marketplace", Marketplace)];

    public async ValueTask DisposeAsync()
    {
        foreach (var program in _programs)
        {
            await program.DisposeAsync();
        }
    }

    private async Task StartAsync(
        string inventory, string recommendations, BookGenerator generator, string data, CancellationToken cancellation)
    {
        var accounts = (await TestAccounts.SharedAsync()).Host;
        string[] inventorySettings = ["--accounts-host", accounts, "--data-dir", data, "--inventory-database", inventory, "--inventory-seed", "false"];

        // Once for the tables alone.
        await using (var first = Start("Inventory", (grpc, http) => [.. Ports(grpc, http), .. inventorySettings]))
        await using (var second = Start("Recommendations", (grpc, http) =>
            [.. Ports(grpc, http), "--accounts-host", accounts, "--data-dir", data, "--recommendations-database", recommendations, "--inventory-host", "127.0.0.1:1"]))
        {
            await first.WaitUntilReadyAsync(cancellation);
            await WaitForTablesAsync(recommendations, cancellation);
        }

        await using (var source = NpgsqlDataSource.Create(inventory))
        {
            await Console.Error.WriteLineAsync($"Loading {Books:#,0} books …");
            await new CatalogueLoad(source).LoadAsync(generator, Books, cancellation);
            await CopyToAsync(recommendations, source, cancellation);
        }

        Inventory = Start("Inventory", (grpc, http) => [.. Ports(grpc, http), .. inventorySettings]);
        await Inventory.WaitUntilReadyAsync(cancellation);
        Recommendations = Start("Recommendations", (grpc, http) =>
        [
            .. Ports(grpc, http), "--accounts-host", accounts, "--data-dir", data, "--recommendations-database", recommendations,
            "--inventory-host", $"127.0.0.1:{Inventory.GrpcPort}",
        ]);
        await Recommendations.WaitUntilReadyAsync(cancellation);
        Marketplace = Start("Marketplace", (grpc, http) =>
        [
            "--http-port", $"{http}", "--metrics-port", "0", "--accounts-host", accounts, "--data-dir", data, "--inventory-host", $"127.0.0.1:{Inventory.GrpcPort}",
            "--recommendations-host", $"127.0.0.1:{Recommendations.GrpcPort}", "--marketplace-searches-per-minute", "1000000",

            // Every page asks the services: what is measured is not the shop's memory of what it has just shown.
            "--marketplace-fresh-for", "00:00:00.1",
        ]);
    }

    private static string[] Ports(int grpc, int http) => ["--grpc-port", $"{grpc}", "--metrics-port", $"{http}"];

    private static async Task WaitForTablesAsync(string database, CancellationToken cancellation)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand("SELECT to_regclass('copy_state') IS NOT NULL");
        while (!(bool)(await command.ExecuteScalarAsync(cancellation))!)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), cancellation);
        }
    }

    // The copy that Recommendations would have made by following, complete.
    private async Task CopyToAsync(string recommendations, NpgsqlDataSource inventory, CancellationToken cancellation)
    {
        await using var target = new NpgsqlConnection(recommendations);
        await target.OpenAsync(cancellation);
        await using var command = inventory.CreateCommand("SELECT book_id, title, author, year, category FROM book");
        command.CommandTimeout = 0;
        await using (var books = await command.ExecuteReaderAsync(cancellation))
        await using (var copy = await target.BeginBinaryImportAsync(
            "COPY book (book_id, title, author, year, category, pass) FROM STDIN (FORMAT binary)", cancellation))
        {
            while (await books.ReadAsync(cancellation))
            {
                await copy.StartRowAsync(cancellation);
                await copy.WriteAsync(books.GetInt32(0), cancellation);
                await copy.WriteAsync(books.GetString(1), cancellation);
                await copy.WriteAsync(books.GetString(2), cancellation);
                await copy.WriteAsync(books.GetInt32(3), NpgsqlDbType.Integer, cancellation);
                await copy.WriteAsync(books.GetInt32(4), cancellation);
                await copy.WriteAsync(1, cancellation);
            }

            await copy.CompleteAsync(cancellation);
        }

        await using var feed = inventory.CreateCommand("SELECT feed_id FROM catalogue");
        var cursor = new PageToken((string)(await feed.ExecuteScalarAsync(cancellation))!, Books, "1").ToString();
        await using var state = new NpgsqlCommand("UPDATE copy_state SET cursor = $1, pass = 1, complete_pass = 1", target);
        state.Parameters.Add(new NpgsqlParameter { Value = cursor });
        await state.ExecuteNonQueryAsync(cancellation);
    }

    private MeasuredProgram Start(string project, Func<int, int, IEnumerable<string>> arguments)
    {
        var program = MeasuredProgram.Start(MeasuredProgram.PathOf("src", project), arguments);
        _programs.Add(program);
        return program;
    }
}
