using BooksForYou.Contracts.Inventory.V1;
using BooksForYou.ServiceKit.Storage;
using BooksForYou.ServiceKit.Testing;

namespace BooksForYou.Inventory.Tests;

/// <summary>
/// One running service an engine, shared by the tests of a class: each looks only at the books that it has added, or at none that change.
/// </summary>
public sealed class RunningOnEachEngine : IAsyncLifetime
{
    private readonly Dictionary<DatabaseDialect, RunningInventory> _running = [];
    private readonly List<IAsyncDisposable> _parts = [];

    public async ValueTask InitializeAsync()
    {
        foreach (var engine in new DatabaseEngines().Where(engine => engine.Skip is null).Select(engine => engine.Data))
        {
            var database = await TestDatabase.CreateAsync(engine);
            _parts.Add(database);
            _running[engine] = await RunningInventory.StartAsync(database);
            _parts.Add(_running[engine]);
        }
    }

    public InventoryService.InventoryServiceClient Client(DatabaseDialect engine) => _running[engine].Client;

    public async ValueTask DisposeAsync()
    {
        foreach (var part in Enumerable.Reverse(_parts))
        {
            await part.DisposeAsync();
        }
    }
}
