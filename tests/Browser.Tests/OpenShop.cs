using System.Net;
using System.Net.Sockets;
using BooksForYou.Cart;
using BooksForYou.Inventory;
using BooksForYou.Marketplace;
using BooksForYou.Recommendations;
using BooksForYou.ServiceKit.Hosting;
using BooksForYou.TestGateway;
using BooksForYou.Transactions;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace BooksForYou.Browser.Tests;

/// <summary>A running shop on a port of its own. It also has the page <c>/broken</c>, which throws.</summary>
internal sealed class OpenShop : IAsyncDisposable
{
    private readonly ServiceApplication _app;
    private readonly DirectoryInfo _data;

    private OpenShop(ServiceApplication app, DirectoryInfo data)
    {
        _app = app;
        _data = data;
    }

    /// <summary>Where its pages are.</summary>
    public Uri Address => _app.WebAddress!;

    /// <summary>Starts a shop with its services in the same process, on the catalogue that comes with them, and with all the time in the world.</summary>
    public static Task<OpenShop> StartAsync() => StartAsync(
        hasServices: true,
        "--marketplace-recommendations-deadline",
        "00:00:10",
        "--marketplace-first-recommendations-deadline",
        "00:00:10",
        "--marketplace-catalogue-deadline",
        "00:00:10");

    /// <summary>Starts a shop that looks for its services where nobody is.</summary>
    public static Task<OpenShop> StartWithoutServicesAsync()
    {
        var nobody = $"127.0.0.1:{UnusedPort()}";
        return StartAsync(hasServices: false, "--recommendations-host", nobody, "--inventory-host", nobody, "--cart-host", nobody, "--transactions-host", nobody);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _data.Delete(recursive: true);
    }

    private static async Task<OpenShop> StartAsync(bool hasServices, params string[] settings)
    {
        var data = Directory.CreateTempSubdirectory("booksforyou-");
        string[] gateway = hasServices ? ["--test-gateway-port", "0"] : [];
        var builder = ServiceApplication.CreateBuilder(
            ["--http-port", "0", "--grpc-port", "0", "--metrics-port", "0", "--data-dir", data.FullName, .. gateway, .. settings]);
        builder.Logging.ClearProviders();
        if (hasServices)
        {
            builder.AddInventory();
            builder.AddRecommendations();
            builder.AddTestGateway();
            builder.AddTransactions();
            builder.AddCart();
        }

        builder.AddMarketplace();
        var app = builder.Build();
        if (hasServices)
        {
            app.MapInventory();
            app.MapRecommendations();
            app.MapTransactions();
            app.MapCart();
        }

        app.MapMarketplace();
        app.MapWeb(web => web.MapGet("/broken", string () => throw new InvalidOperationException("a secret of the house")));
        await app.StartAsync();
        return new OpenShop(app, data);
    }

    private static int UnusedPort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
