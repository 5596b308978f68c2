using BooksForYou.ServiceKit.Storage;
using BooksForYou.ServiceKit.Testing;
using Grpc.Net.Client;

namespace BooksForYou.Recommendations.Tests;

/// <summary>One running service an engine, shared by the tests of a class that change nothing.</summary>
public sealed class RunningOnEachEngine : IAsyncLifetime
{
    private readonly Dictionary<DatabaseDialect, RunningRecommendations> _running = [];

    public async ValueTask InitializeAsync()
    {
        _running[DatabaseDialect.Sqlite] = await RunningRecommendations.StartAsync(DatabaseDialect.Sqlite);
        if (PostgresServer.SkipReason is null)
        {
            _running[DatabaseDialect.PostgreSql] = await RunningRecommendations.StartAsync(DatabaseDialect.PostgreSql);
        }
    }

    public GrpcChannel Channel(DatabaseDialect engine) => _running[engine].Channel;

    public async ValueTask DisposeAsync()
    {
        foreach (var running in _running.Values)
        {
            await running.DisposeAsync();
        }
    }
}
