using BooksForYou.Cart.Tests.StandIns;
using BooksForYou.ServiceKit.Hosting;
using BooksForYou.ServiceKit.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BooksForYou.Cart.Tests;

/// <summary>Stand-ins for the services that Cart calls, on a real socket.</summary>
internal sealed class Peers : IAsyncDisposable
{
    private readonly ServiceApplication _application;

    private Peers(ServiceApplication application) => _application = application;

    public InventoryStandIn Inventory => _application.Services.GetRequiredService<InventoryStandIn>();

    public TransactionsStandIn Transactions => _application.Services.GetRequiredService<TransactionsStandIn>();

    /// <summary>Where both answer.</summary>
    public string Address => $"127.0.0.1:{_application.GrpcAddress.Port}";

    public static async Task<Peers> StartAsync()
    {
        var accounts = await TestAccounts.SharedAsync();
        var builder = ServiceApplication.CreateBuilder(["--grpc-port", "0", "--metrics-port", "0", "--accounts-host", accounts.Host]);
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<InventoryStandIn>();
        builder.Services.AddSingleton<TransactionsStandIn>();
        var application = builder.Build();
        application.MapGrpcService<InventoryStandIn>();
        application.MapGrpcService<TransactionsStandIn>();
        await application.StartAsync(TestContext.Current.CancellationToken);
        return new Peers(application);
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();
}
