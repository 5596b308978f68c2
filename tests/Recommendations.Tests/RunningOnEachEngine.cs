using BooksForYou.ServiceKit.Storage;
using BooksForYou.ServiceKit.Testing;
using Grpc.Net.Client;

namespace BooksForYou.Recommendations.Tests;

/// <summary>
/// One running service an engine, and the Inventory that they follow, shared by the tests of a class that change nothing.
/// </summary>
public sealed class RunningOnEachEngine : IAsyncLifetime
{
    private readonly Dictionary<DatabaseDialect, RunningRecommendations> _running = [];
    private readonly List<IAsyncDisposable> _parts = [];

    public async ValueTask InitializeAsync()
    {
        var inventory = await RunningInventory.StartAsync();
        _parts.Add(inventory);
        await StartAsync(DatabaseDialect.Sqlite, inventory);
        if (PostgresServer.SkipReason is null)
        {
            await StartAsync(DatabaseDialect.PostgreSql, inventory);
        }
    }

    public GrpcChannel Channel(DatabaseDialect engine) => _running[engine].Channel;

    public async ValueTask DisposeAsync()
    {
        foreach (var part in Enumerable.Reverse(_parts))
        {
            await part.DisposeAsync();
        }
    }

    private async Task StartAsync(DatabaseDialect engine, RunningInventory inventory)
    {
        var database = await TestDatabase.CreateAsync(engine);
        _parts.Add(database);
        _running[engine] = await RunningRecommendations.StartAsync(database.ConnectionString, inventory.Host);
        _parts.Add(_running[engine]);
        await _running[engine].WaitForCatalogueAsync(catalogue => catalogue.Count == 438);
    }
}
