using BooksForYou.Contracts.Inventory.V1;
using BooksForYou.Contracts.Recommendations.V1;
using BooksForYou.Recommendations.Catalogue;
using BooksForYou.ServiceKit.Hosting;
using BooksForYou.ServiceKit.Testing;
using Grpc.Net.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BooksForYou.Recommendations.Tests;

/// <summary>The service as its Program.cs runs it, on a free port.</summary>
internal sealed class RunningRecommendations : IAsyncDisposable
{
    private readonly ServiceApplication _application;

    private RunningRecommendations(ServiceApplication application, LogCollector log)
    {
        _application = application;
        Log = log;
        Channel = GrpcChannel.ForAddress(application.GrpcAddress);
    }

    public GrpcChannel Channel { get; }

    public LogCollector Log { get; }

    public BookCatalogue Catalogue => _application.Services.GetRequiredService<BookCatalogue>();

    public static async Task<RunningRecommendations> StartAsync(string connectionString, string inventoryHost)
    {
        var accounts = await TestAccounts.SharedAsync();
        var log = new LogCollector { Timeout = TimeSpan.FromMinutes(1) };
        var builder = ServiceApplication.CreateBuilder(
        [
            "--grpc-port", "0", "--metrics-port", "0", "--recommendations-database", connectionString, "--inventory-host", inventoryHost,
            "--accounts-host", accounts.Host,
            "--recommendations-catalogue-refresh", "00:00:00.01",
        ]);
        builder.AddRecommendations();
        builder.Logging.ClearProviders().AddProvider(log).AddFilter("BooksForYou.Recommendations", LogLevel.Debug);
        var application = builder.Build();
        application.MapRecommendations();
        await application.StartAsync(TestContext.Current.CancellationToken);
        return new RunningRecommendations(application, log);
    }

    /// <summary>Waits until the copy of the catalogue is in memory and looks as it should.</summary>
    public async Task WaitForCatalogueAsync(Func<CatalogueSnapshot, bool> condition)
    {
        for (var reads = 1; !(Catalogue.IsLoaded && condition(Catalogue.Current)); reads++)
        {
            await Log.WaitForAsync(reads, line => line.Event == "CatalogueRead", TestContext.Current.CancellationToken);
        }
    }

    public async Task<IReadOnlyList<string>> RecommendAsync(BookCategory category)
    {
        var response = await new RecommendationsService.RecommendationsServiceClient(Channel)
            .RecommendAsync(
                new RecommendRequest { Category = category, MaxResults = 100 }, cancellationToken: TestContext.Current.CancellationToken);
        return [.. response.Recommendations.Select(book => book.Title)];
    }

    public async ValueTask DisposeAsync()
    {
        Channel.Dispose();
        await _application.DisposeAsync();
        Log.Dispose();
    }
}
