using BooksForYou.ServiceKit.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace BooksForYou.ServiceKit.Telemetry;

internal static class TelemetryModule
{
    public static void AddTelemetry(this ServiceApplicationBuilder builder)
    {
        var settings = new TelemetrySettings(builder.Configuration) { ServiceName = builder.Environment.ApplicationName };
        builder.Logging.AddLogs(builder.Configuration, settings, terminal: !Console.IsOutputRedirected);
        builder.Services.AddCallMonitoring();
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton<TelemetryPipeline>();
        builder.Services.AddHostedService(services => services.GetRequiredService<TelemetryPipeline>());
    }

    public static void UseTelemetry(this ServiceApplication app) => app.Web.UseCallMonitoring();

    /// <summary>Adds what counts, times and logs calls, of both directions.</summary>
    public static IServiceCollection AddCallMonitoring(this IServiceCollection services)
    {
        services.AddMetrics();
        services.AddSingleton<CallMetrics>();
        services.AddSingleton<ServerCallMonitor>();
        services.AddSingleton<ClientCallMonitor>();
        return services;
    }

    /// <summary>Puts the monitor in front of the endpoints.</summary>
    public static void UseCallMonitoring(this IApplicationBuilder app)
    {
        var monitor = app.ApplicationServices.GetRequiredService<ServerCallMonitor>();
        app.Use(next => context => monitor.InvokeAsync(context, next));
    }
}
