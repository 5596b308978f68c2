using BooksForYou.Contracts.Inventory.V1;
using BooksForYou.ServiceKit.Hosting;
using BooksForYou.ServiceKit.Storage;
using BooksForYou.ServiceKit.Testing;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using Microsoft.Extensions.Logging;

namespace BooksForYou.Inventory.Tests;

/// <summary>The service as its Program.cs runs it, on a free port.</summary>
internal sealed class RunningInventory : IAsyncDisposable
{
    private readonly ServiceApplication _application;
    private readonly GrpcChannel _channel;

    private RunningInventory(ServiceApplication application, TestAccounts accounts)
    {
        _application = application;
        _channel = GrpcChannel.ForAddress(application.GrpcAddress);
        Client = new InventoryService.InventoryServiceClient(_channel.Intercept(accounts.AsWhoeverMay()));
    }

    public InventoryService.InventoryServiceClient Client { get; }

    /// <summary>Starts it on a database that may be another process's as well.</summary>
    public static async Task<RunningInventory> StartAsync(TestDatabase database)
    {
        var accounts = await TestAccounts.SharedAsync();
        var builder = ServiceApplication.CreateBuilder(
        [
            "--grpc-port", "0", "--metrics-port", "0", "--accounts-host", accounts.Host, "--inventory-database", database.ConnectionString,
            "--inventory-feed-poll", "00:00:00.1", "--inventory-reservation-sweep", "00:00:00.1",
        ]);
        builder.AddInventory();
        builder.Logging.ClearProviders();
        var application = builder.Build();
        application.MapInventory();
        await application.StartAsync(TestContext.Current.CancellationToken);
        return new RunningInventory(application, accounts);
    }

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        await _application.DisposeAsync();
    }
}
