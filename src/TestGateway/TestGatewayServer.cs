using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace BooksForYou.TestGateway;

/// <summary>
/// A payment gateway for development and tests, which moves no money: an HTTP server of its own with a ledger on disk. It speaks what
/// docs/payment-gateway.md says, and knows the cards of <see cref="TestCards"/>.
/// </summary>
public sealed class TestGatewayServer : IAsyncDisposable
{
    private readonly WebApplication _web;
    private readonly Ledger _ledger;

    private TestGatewayServer(WebApplication web, Ledger ledger)
    {
        _web = web;
        _ledger = ledger;
        Address = new Uri(web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    /// <summary>The address that it listens on.</summary>
    public Uri Address { get; }

    /// <summary>Starts a gateway.</summary>
    /// <param name="options">Its port, its folder and its key.</param>
    /// <param name="loggers">Where it logs to; nowhere if null.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The gateway, listening.</returns>
    /// <exception cref="IOException">The port is taken, or the ledger is open in another process.</exception>
    public static async Task<TestGatewayServer> StartAsync(
        TestGatewayOptions options,
        ILoggerFactory? loggers = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var ledger = Ledger.Open(options.DataDirectory, TimeProvider.System);
        WebApplication? web = null;
        try
        {
            web = Build(options, ledger, loggers);
            await web.StartAsync(cancellationToken);
            return new TestGatewayServer(web, ledger);
        }
        catch
        {
            await (web?.DisposeAsync() ?? ValueTask.CompletedTask);
            await ledger.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops the gateway. Every answer given before is on the disk.</summary>
    /// <returns>Completes when it has stopped.</returns>
    public async ValueTask DisposeAsync()
    {
        await _web.StopAsync();
        await _web.DisposeAsync();
        await _ledger.DisposeAsync();
    }

    private static WebApplication Build(TestGatewayOptions options, Ledger ledger, ILoggerFactory? loggers)
    {
        // Empty: the settings of the process that it runs in are not its own.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "BooksForYou.TestGateway" });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 16 * 1024;
            kestrel.Listen(new IPEndPoint(options.Address, options.Port));
        });
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, EmbeddedLifetime>();
        if (loggers is not null)
        {
            builder.Services.AddSingleton(loggers);
        }

        var web = builder.Build();
        web.MapGet(GatewayProbe.Path, () => Results.Text("SERVING"));
        new PaymentEndpoints(options, ledger, web.Lifetime.ApplicationStopping).Map(web);
        return web;
    }
}
