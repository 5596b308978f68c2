using BooksForYou.Contracts.Security.V1;
using BooksForYou.ServiceKit.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace BooksForYou.ServiceKit.Health;

/// <summary>Whether the process lives and whether it can serve, over gRPC and HTTP; see docs/configuration.md.</summary>
public static class HealthModule
{
    internal static readonly Setting Interval = new("READINESS_INTERVAL", "Seconds between two rounds of readiness checks.")
    {
        Default = "5",
        Format = SettingFormat.Seconds(0.01, 3600),
    };

    internal static readonly Setting Timeout = new("READINESS_TIMEOUT", "Seconds after which a readiness check counts as failed.")
    {
        Default = "2",
        Format = SettingFormat.Seconds(0.01, 3600),
    };

    /// <summary>Adds a condition of readiness: the service's own database, never a peer, or one service that is down makes all others look
    /// down.
    /// Checks run in the background, every READINESS_INTERVAL seconds; one that takes longer than READINESS_TIMEOUT seconds or throws has
    /// failed.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="name">What the log calls it.</param>
    /// <param name="check">Whether the condition holds.</param>
    /// <returns>The builder.</returns>
    public static ServiceApplicationBuilder AddReadiness(
        this ServiceApplicationBuilder builder,
        string name,
        Func<IServiceProvider, CancellationToken, ValueTask<bool>> check)
    {
        builder.Services.AddSingleton(new ReadinessCheck(name, check));
        return builder;
    }

    /// <summary>Adds work to be done before the process serves: a schema to bring up to date, a cache to fill. The ports are open by then,
    /// so that the
    /// process is seen to be alive, but it is not ready, and calls other than health checks are UNAVAILABLE. Done one after the other in
    /// the order
    /// added; an exception ends the process.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="name">What the log calls it.</param>
    /// <param name="work">The work.</param>
    /// <returns>The builder.</returns>
    public static ServiceApplicationBuilder AddWarmUp(
        this ServiceApplicationBuilder builder,
        string name,
        Func<IServiceProvider, CancellationToken, Task> work)
    {
        builder.Services.AddSingleton(new WarmUp(name, work));
        return builder;
    }

    internal static void AddHealth(this ServiceApplicationBuilder builder)
    {
        builder.Settings.Add(Interval);
        builder.Settings.Add(Timeout);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<StartupState>();
        builder.Services.AddSingleton<HealthState>();
        builder.Services.AddSingleton<HealthService>();
        builder.Services.AddSingleton<HealthEndpoints>();
        builder.Services.AddSingleton<HealthProbe>();
        builder.Services.AddSingleton<ReadinessMonitor>();
        builder.Services.AddSingleton<Startup>();
    }

    internal static void MapHealth(this ServiceApplication app) => app.MapGrpcService<HealthService>(Role.Anyone);
}
