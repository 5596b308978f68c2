using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BooksForYou.ServiceKit.Hosting;

/// <summary>The settings, the server and its ports.</summary>
internal static class HostingModule
{
    public static readonly Setting HttpPort = new("HTTP_PORT", "Port of the web pages.")
    {
        Default = "5000",
        Format = SettingFormat.Port,
        Alias = "--port",
    };

    public static readonly Setting GrpcPort = new("GRPC_PORT", "Port of the gRPC services.")
    {
        Default = "50051",
        Format = SettingFormat.Port,
    };

    // Without a default here: it depends on how many services share the process.
    public static readonly Setting MetricsPort =
        new("METRICS_PORT", "Port of /metrics and /healthz; 0 turns it off. Default 9464, off when several services share the process.")
        {
            Format = SettingFormat.Port,
        };

    public static readonly Setting HttpsPort = new("HTTPS_PORT", "Port of the web pages over TLS, opened where HTTPS_CERT is given.")
    {
        Default = "5443",
        Format = SettingFormat.Port,
    };

    // Without a default here: it depends on TLS_CERT.
    public static readonly Setting HealthPort =
        new("HEALTH_PORT", "Port where health checks are answered without TLS; 0 turns it off. Default 50052 with TLS_CERT, off without.")
        {
            Format = SettingFormat.Port,
        };

    public static readonly Setting DataDirectory = new("DATA_DIR", "Directory of what is kept on disk.")
    {
        Default = "data",
        Alias = "--data",
    };

    private static readonly Setting MaxMessageSize = new("GRPC_MAX_MESSAGE_SIZE", "Greatest gRPC message that is received, in bytes.")
    {
        Default = "4194304",
        Format = SettingFormat.WholeNumber(1024, int.MaxValue),
    };

    public static WebApplicationOptions WebOptions() => new()
    {
        ContentRootPath = AppContext.BaseDirectory,
        EnvironmentName = Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT")
            ?? Environment.GetEnvironmentVariable("ASPNETCORE_ENVIRONMENT"),
    };

    public static SettingsCatalogue AddConfiguration(this ServiceApplicationBuilder builder)
    {
        var configuration = builder.Configuration;
        var defaults = new SettingsProvider();
        defaults.Set("Logging:LogLevel:Default", nameof(LogLevel.Information));
        defaults.Set("Logging:LogLevel:Microsoft", nameof(LogLevel.Warning));
        defaults.Set("Logging:LogLevel:Grpc", nameof(LogLevel.Warning));
        configuration.Sources.Add(defaults);
        foreach (var directory in new[] { AppContext.BaseDirectory, Directory.GetCurrentDirectory() }.Distinct())
        {
            var ofEnvironment = $"appsettings.{builder.Environment.EnvironmentName}.json";
            configuration.AddJsonFile(Path.Combine(directory, "appsettings.json"), optional: true, reloadOnChange: false);
            configuration.AddJsonFile(Path.Combine(directory, ofEnvironment), optional: true, reloadOnChange: false);
        }

        configuration.AddEnvironmentVariables();
        var given = new SettingsProvider();
        configuration.Sources.Add(given);
        return new SettingsCatalogue(configuration, builder.CommandLine, defaults, given);
    }

    public static void AddHosting(this ServiceApplicationBuilder builder)
    {
        var settings = builder.Settings;
        settings.Add(GrpcPort);
        settings.Add(MaxMessageSize);
        settings.Add(MetricsPort);
        settings.Add(HealthPort);
        settings.Add(DataDirectory);

        builder.Logging.AddConfiguration(builder.Configuration.GetSection("Logging"));
        builder.Web.WebHost.UseKestrelCore();
        builder.Services.AddRouting();
        builder.Services.AddMetrics();
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton<Listeners>();
        builder.Services.AddSingleton<MappedServices>();
        builder.Services.AddSingleton<IHostLifetime, UnattendedLifetime>();
        builder.Services.AddGrpc(options => options.MaxReceiveMessageSize = settings.WholeNumber(MaxMessageSize.Name));
        builder.Services.Configure<KestrelServerOptions>(options => SetLimits(options, settings.WholeNumber(MaxMessageSize.Name)));
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = Timeout.InfiniteTimeSpan);
    }

    private static void SetLimits(KestrelServerOptions options, int maxMessageSize)
    {
        options.AddServerHeader = false;
        var limits = options.Limits;

        // The five bytes of the frame's head, and room for a compressed message that is no smaller than the message.
        const long Overhead = 64 * 1024;
        limits.MaxRequestBodySize = Math.Max(limits.MaxRequestBodySize ?? 0, maxMessageSize + Overhead);

        // A peer keeps one connection: what it may send at once on it is what it may have in flight.
        limits.Http2.MaxStreamsPerConnection = 512;

        // A client whose machine vanished gives its connection and its streams back within 40 s.
        limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(30);
        limits.Http2.KeepAlivePingTimeout = TimeSpan.FromSeconds(10);
    }

    /// <summary>Leaves signals to <see cref="ServiceApplication.RunAsync"/>: an application started by a test must not take its process
    /// over.</summary>
    private sealed class UnattendedLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
