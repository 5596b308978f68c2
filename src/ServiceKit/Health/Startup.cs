using System.Diagnostics;
using BooksForYou.ServiceKit.Hosting;
using Microsoft.Extensions.Logging;

namespace BooksForYou.ServiceKit.Health;

/// <summary>What happens between the opening of the ports and the first call served.</summary>
internal sealed partial class Startup(
    IEnumerable<WarmUp> warmUps,
    ReadinessMonitor monitor,
    StartupState state,
    Listeners listeners,
    IServiceProvider services,
    ILogger<Startup> logger)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await WarmUpAsync(cancellationToken);
        state.Complete();
        await monitor.StartAsync();
        LogServing(logger, Describe(listeners.GrpcPort), Describe(listeners.WebPort), Describe(listeners.ManagementPort));
    }

    public async Task WarmUpAsync(CancellationToken cancellationToken)
    {
        foreach (var warmUp in warmUps)
        {
            var started = Stopwatch.GetTimestamp();
            await warmUp.Work(services, cancellationToken);
            LogWarmedUp(logger, warmUp.Name, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }
    }

    private static string Describe(int? port) => port?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "off";

    [LoggerMessage(EventId = 1, EventName = "WarmedUp", Level = LogLevel.Information, Message = "{WarmUp} done in {Milliseconds:0} ms")]
    private static partial void LogWarmedUp(ILogger logger, string warmUp, double milliseconds);

    [LoggerMessage(EventId = 2, EventName = "Serving", Level = LogLevel.Information,
        Message = "Serving: gRPC port {GrpcPort}, web port {WebPort}, metrics port {MetricsPort}")]
    private static partial void LogServing(ILogger logger, string grpcPort, string webPort, string metricsPort);
}
