using BooksForYou.ServiceKit.Hosting;
using BooksForYou.ServiceKit.Storage;
using BooksForYou.ServiceKit.Testing;
using Grpc.Net.Client;
using Microsoft.Extensions.Logging;

namespace BooksForYou.Recommendations.Tests;

/// <summary>The service as its Program.cs runs it, on a free port and a new database.</summary>
public sealed class RunningRecommendations : IAsyncDisposable
{
    private readonly TestDatabase _database;
    private readonly ServiceApplication _application;

    private RunningRecommendations(ServiceApplication application, TestDatabase database)
    {
        _application = application;
        _database = database;
        Channel = GrpcChannel.ForAddress(application.GrpcAddress);
    }

    public GrpcChannel Channel { get; }

    public static async Task<RunningRecommendations> StartAsync(DatabaseDialect engine)
    {
        var database = await TestDatabase.CreateAsync(engine);
        return new RunningRecommendations(await StartApplicationAsync(database.ConnectionString), database);
    }

    public async ValueTask DisposeAsync()
    {
        Channel.Dispose();
        await _application.DisposeAsync();
        await _database.DisposeAsync();
    }

    private static async Task<ServiceApplication> StartApplicationAsync(string connectionString)
    {
        var builder = ServiceApplication.CreateBuilder(
            ["--grpc-port", "0", "--metrics-port", "0", "--recommendations-database", connectionString]);
        builder.AddRecommendations();
        builder.Logging.ClearProviders();
        var application = builder.Build();
        application.MapRecommendations();
        await application.StartAsync(TestContext.Current.CancellationToken);
        return application;
    }
}
