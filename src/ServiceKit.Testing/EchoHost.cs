using System.Diagnostics.Metrics;
using System.Net;
using BooksForYou.ServiceKit.Errors;
using BooksForYou.ServiceKit.Telemetry;
using Grpc.AspNetCore.Server.Model;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BooksForYou.ServiceKit.Testing;

/// <summary>
/// An echo service with all four call shapes, surrounded by whatever interceptors are to be tested, and a client for it.
/// Special inputs make it fail, wait or set a status: see <see cref="EchoInput"/> and <see cref="EchoHostOptions.On"/>.
/// </summary>
public sealed class EchoHost : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly GrpcChannel _channel;
    private readonly EchoBehaviours _behaviours;

    private EchoHost(WebApplication application, EchoHostOptions options, LogCollector logs, MetricCollector metrics)
    {
        _application = application;
        _behaviours = application.Services.GetRequiredService<EchoBehaviours>();
        Logs = logs;
        Metrics = metrics;
        Address = AddressOf(application, options.Transport);
        _channel = GrpcChannel.ForAddress(Address, new GrpcChannelOptions { HttpHandler = CreateHandler(), DisposeHttpClient = true });
        var invoker = _channel.CreateCallInvoker();
        if (options.UseKit)
        {
            invoker = invoker.Intercept(application.Services.GetRequiredService<ClientCallMonitor>().For(Address.Authority));
        }

        Client = new EchoClient(options.ClientInterceptors.Count == 0 ? invoker : invoker.Intercept([.. options.ClientInterceptors]));
    }

    /// <summary>A client of the service, behind the client interceptors.</summary>
    public EchoClient Client { get; }

    /// <summary>Where the service listens; a made-up address in memory.</summary>
    public Uri Address { get; }

    /// <summary>What the host logs.</summary>
    public LogCollector Logs { get; }

    /// <summary>What the host measures, on both sides.</summary>
    public MetricCollector Metrics { get; }

    /// <summary>The host's services.</summary>
    public IServiceProvider Services => _application.Services;

    /// <summary>Completes when a handler has come to wait for the first time: see <see cref="EchoInput.Wait"/>.</summary>
    public Task Waiting => _behaviours.Waiting;

    /// <summary>Starts a host.</summary>
    /// <param name="configure">Says what it runs; without, the kit alone.</param>
    public static async Task<EchoHost> StartAsync(Action<EchoHostOptions>? configure = null)
    {
        var options = new EchoHostOptions();
        configure?.Invoke(options);
        var logs = new LogCollector();
        var application = Build(options, logs);
        // Listening before the first instrument is there, so that no measurement is missed.
        var metrics = new MetricCollector(application.Services.GetRequiredService<IMeterFactory>());
        if (options.UseKit)
        {
            application.UseCallMonitoring();
        }

        options.ApplyTo(application);
        application.MapGrpcService<EchoService>();
        await application.StartAsync();
        return new EchoHost(application, options, logs, metrics);
    }

    /// <summary>Makes a plain HTTP/2 client, for requests that no gRPC client would send. The caller disposes of it.</summary>
    public HttpClient CreateHttpClient() => new(CreateHandler())
    {
        BaseAddress = Address,
        DefaultRequestVersion = HttpVersion.Version20,
        DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
    };

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        await _application.StopAsync();
        await _application.DisposeAsync();
        Metrics.Dispose();
        Logs.Dispose();
    }

    private static WebApplication Build(EchoHostOptions options, LogCollector logs)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        if (options.Transport == EchoTransport.InMemory)
        {
            builder.WebHost.UseTestServer();
        }
        else
        {
            builder.WebHost.UseKestrelCore();
            builder.WebHost.ConfigureKestrel(kestrel =>
                kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        }

        // The levels of a real service, but for the kit's own lines, of which all are kept.
        builder.Logging.SetMinimumLevel(LogLevel.Trace).AddFilter("Microsoft", LogLevel.Warning).AddFilter("Grpc", LogLevel.Warning);
        builder.Logging.AddProvider(logs);
        builder.Services.AddRoutingCore();
        builder.Services.AddMetrics();
        if (options.UseKit)
        {
            builder.Services.AddCallMonitoring().AddCallErrors();
        }

        builder.Services.AddGrpc();
        builder.Services.AddSingleton(new EchoBehaviours(options));
        builder.Services.AddSingleton<EchoService>();
        builder.Services.AddSingleton<IServiceMethodProvider<EchoService>, EchoService.Methods>();
        options.ApplyTo(builder.Services);
        return builder.Build();
    }

    private static Uri AddressOf(WebApplication application, EchoTransport transport) => transport == EchoTransport.InMemory
        ? new Uri("http://localhost")
        : new Uri(application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    private HttpMessageHandler CreateHandler() =>
        _application.Services.GetRequiredService<IServer>() is TestServer server ? server.CreateHandler() : new SocketsHttpHandler();
}
