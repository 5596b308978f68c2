using System.Collections.Concurrent;
using System.IO.Compression;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Grpc.Net.Client;
using Grpc.Net.Compression;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BooksForYou.GrpcApi.Tests.EndToEnd;

/// <summary>The echo service on a free loopback port, and what the server saw of its calls.</summary>
internal sealed class EchoHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private EchoHost(WebApplication app)
    {
        _app = app;
    }

    /// <summary>The compression of each call: its request's and its response's <c>grpc-encoding</c>.</summary>
    public ConcurrentQueue<string> Encodings { get; } = new();

    /// <summary>What the server's interceptors noted.</summary>
    public ConcurrentQueue<string> Log { get; } = new();

    private string Address => _app.Urls.Single();

    public static async Task<EchoHost> StartAsync(string? compression = null, X509Certificate2? certificate = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = HttpProtocols.Http2;
            if (certificate is not null)
            {
                listen.UseHttps(certificate);
            }
        }));
        EchoHost? host = null;
        builder.Services.AddRoutingCore();
        builder.Services.AddGrpc(options =>
        {
            options.CompressionProviders = CreateCompressionProviders();
            options.ResponseCompressionAlgorithm = compression;
            options.Interceptors.Add<LoggingInterceptor>("first", (string line) => host!.Log.Enqueue(line));
            options.Interceptors.Add<LoggingInterceptor>("second", (string line) => host!.Log.Enqueue(line));
        });

        var app = builder.Build();
        host = new EchoHost(app);
        app.UseRouting();
        app.Use(async (context, next) =>
        {
            await next(context);
            host.Encodings.Enqueue($"{context.Request.Headers["grpc-encoding"]} {context.Response.Headers["grpc-encoding"]}");
        });
        app.MapGrpcService<EchoService>();
        await app.StartAsync();
        return host;
    }

    public GrpcChannel CreateChannel(Action<GrpcChannelOptions>? configure = null)
    {
        var options = new GrpcChannelOptions { CompressionProviders = CreateCompressionProviders() };
        configure?.Invoke(options);
        return GrpcChannel.ForAddress(Address, options);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
    private static List<ICompressionProvider> CreateCompressionProviders() =>
        [new GzipCompressionProvider(CompressionLevel.Fastest), new DeflateCompressionProvider(CompressionLevel.Fastest)];
}
