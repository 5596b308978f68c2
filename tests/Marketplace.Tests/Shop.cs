using System.Diagnostics;
using BooksForYou.ServiceKit.Hosting;
using BooksForYou.ServiceKit.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace BooksForYou.Marketplace.Tests;

/// <summary>The web shop on a port of its own, with a stand-in for the service that it asks.</summary>
internal sealed class Shop : IAsyncDisposable
{
    private readonly ServiceApplication _app;
    private readonly bool _ownsService;
    private readonly DirectoryInfo _data;
    private readonly ICollection<EndpointDataSource> _endpoints;

    private Shop(
        ServiceApplication app, ICollection<EndpointDataSource> endpoints, RecommendationsStandIn service, bool ownsService, RecordedLog log, DirectoryInfo data)
    {
        _endpoints = endpoints;
        _data = data;
        _app = app;
        _ownsService = ownsService;
        Service = service;
        Log = log;
        Web = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = app.WebAddress, Timeout = TimeSpan.FromSeconds(30) };
    }

    /// <summary>A browser without a face.</summary>
    public HttpClient Web { get; }

    /// <summary>The services of the shop's own process.</summary>
    public IServiceProvider Services => _app.Services;

    /// <summary>All that the shop answers to.</summary>
    public IEnumerable<Endpoint> Endpoints => _endpoints.SelectMany(source => source.Endpoints);

    /// <summary>The service that the shop asks.</summary>
    public RecommendationsStandIn Service { get; }

    /// <summary>What the shop has logged.</summary>
    public RecordedLog Log { get; }

    /// <summary>Starts a shop that has all the time in the world. It also has the page <c>/broken</c>, which throws.</summary>
    public static Task<Shop> StartAsync(RecommendationsStandIn? service = null, params string[] settings) => StartImpatientAsync(
        service,
        [
            "--marketplace-recommendations-deadline", "00:00:10", "--marketplace-first-recommendations-deadline", "00:00:10",
            "--marketplace-catalogue-deadline", "00:00:10", "--marketplace-sign-ins-per-minute", "100000", .. settings,
        ]);

    /// <summary>Starts a shop with the deadlines that it has by default.</summary>
    public static async Task<Shop> StartImpatientAsync(RecommendationsStandIn? service = null, params string[] settings)
    {
        var ownsService = service is null;
        service ??= await RecommendationsStandIn.StartAsync();
        var log = new RecordedLog();
        var data = Directory.CreateTempSubdirectory("booksforyou-");
        var accounts = await TestAccounts.SharedAsync();
        var builder = ServiceApplication.CreateBuilder(
            [
                "--http-port", "0", "--grpc-port", "0", "--metrics-port", "0", "--data-dir", data.FullName, "--recommendations-host", service.Host, "--inventory-host", service.Host, "--cart-host", service.Host, "--transactions-host", service.Host,
                "--accounts-host", accounts.Host, "--reviews-host", service.Host, .. settings]);
        builder.Logging.ClearProviders().AddProvider(log);
        builder.AddMarketplace();
        var app = builder.Build();
        app.MapMarketplace();
        ICollection<EndpointDataSource> endpoints = [];
        app.MapWeb(web =>
        {
            web.MapGet("/broken", string () => throw new InvalidOperationException("a secret of the house"));
            endpoints = web.DataSources;
        });
        await app.StartAsync();
        return new Shop(app, endpoints, service, ownsService, log, data);
    }

    /// <summary>Gets a page as text.</summary>
    public Task<string> GetAsync(string path) => Web.GetStringAsync(path, TestContext.Current.CancellationToken);

    /// <summary>Gets a page, whatever its status.</summary>
    public Task<HttpResponseMessage> SendAsync(string path, HttpMethod? method = null) =>
        Web.SendAsync(new HttpRequestMessage(method ?? HttpMethod.Get, path), TestContext.Current.CancellationToken);

    /// <summary>Gets a page and measures how long that takes.</summary>
    public async Task<(string Page, TimeSpan Took)> TimeAsync(string path)
    {
        var clock = Stopwatch.StartNew();
        var page = await GetAsync(path);
        return (page, clock.Elapsed);
    }

    public async ValueTask DisposeAsync()
    {
        Web.Dispose();
        await _app.DisposeAsync();
        if (_ownsService)
        {
            await Service.DisposeAsync();
        }

        _data.Delete(recursive: true);
    }
}
