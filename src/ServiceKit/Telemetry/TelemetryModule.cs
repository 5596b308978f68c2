using BooksForYou.ServiceKit.Hosting;
using BooksForYou.ServiceKit.Ops;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace BooksForYou.ServiceKit.Telemetry;

internal static class TelemetryModule
{
    public static void AddTelemetry(this ServiceApplicationBuilder builder)
    {
        builder.Settings.Add(TelemetrySettings.LogLevels);
        builder.Settings.Add(TelemetrySettings.Endpoint);
        builder.Settings.Add(TelemetrySettings.ServiceName);
        builder.Logging.AddLogs(builder.Configuration, builder.Settings, terminal: !Console.IsOutputRedirected);
        builder.Services.AddCallMonitoring();
        // A function: which ports are open and which services are here is known only when the process starts.
        builder.Services.AddSingleton<Func<TelemetryOptions>>(services => () => TelemetrySettings.Options(
            services.GetRequiredService<SettingsCatalogue>(),
            services.GetRequiredService<HostedServices>(),
            services.GetRequiredService<Listeners>()));
        builder.Services.AddSingleton<TelemetryPipeline>();
        builder.Services.AddHostedService(services => services.GetRequiredService<TelemetryPipeline>());
    }

    /// <summary>In front of all ports, so that nothing escapes, and once more behind the routing of the gRPC port, where a request for a
    /// method is
    /// known to be one even when its content type says otherwise.</summary>
    public static void UseTelemetry(this ServiceApplication app)
    {
        app.Web.UseCallMonitoring();
        app.Grpc.UseCallMonitoring();
    }

    /// <summary>Adds what counts, times and logs calls, of both directions.</summary>
    public static IServiceCollection AddCallMonitoring(this IServiceCollection services)
    {
        services.AddMetrics();
        services.AddSingleton<CallMetrics>();
        services.AddRequestStatistics();
        services.AddSingleton<ServerCallMonitor>();
        services.AddSingleton<ClientCallMonitor>();
        return services;
    }

    /// <summary>Puts the monitor in front of what comes after.</summary>
    public static void UseCallMonitoring(this IApplicationBuilder app)
    {
        var monitor = app.ApplicationServices.GetRequiredService<ServerCallMonitor>();
        app.Use(next => context => monitor.InvokeAsync(context, next));
    }
}
