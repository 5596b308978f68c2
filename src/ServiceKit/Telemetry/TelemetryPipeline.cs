using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace BooksForYou.ServiceKit.Telemetry;

/// <summary>Collects metrics and traces while the process runs, and sends what is left when it stops.</summary>
internal sealed class TelemetryPipeline(Func<TelemetryOptions> options, IConfiguration configuration) : IHostedService, IDisposable
{
    private const int FlushMilliseconds = 3000;

    private static readonly string[] Meters =
    [
        CallMetrics.SourceName,
        "BooksForYou.*",
        "System.Runtime",
        "Microsoft.AspNetCore.Server.Kestrel",
    ];

    // These count every request several times over. A call has its own histogram; only pages need them.
    private const string WebRequests = "Microsoft.AspNetCore.Hosting";
    private const string QueuedRequests = "kestrel.queued_requests";

    private MeterProvider? _metrics;
    private TracerProvider? _traces;

    /// <summary>What <c>/metrics</c> reads from; null where it is not served.</summary>
    public PrometheusReader? Prometheus { get; private set; }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var chosen = options();
        if (chosen.Exports || chosen.ServesMetrics)
        {
            _metrics = BuildMetrics(chosen);
        }

        if (chosen.Exports)
        {
            _traces = BuildTraces(chosen);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    /// <remarks>The host stops services in reverse order, so the calls have been drained by now.</remarks>
    public Task StopAsync(CancellationToken cancellationToken) => Task.WhenAll(
        Task.Run(() => _metrics?.Shutdown(FlushMilliseconds), CancellationToken.None),
        Task.Run(() => _traces?.Shutdown(FlushMilliseconds), CancellationToken.None));

    public void Dispose()
    {
        _metrics?.Dispose();
        _traces?.Dispose();
    }

    private MeterProvider BuildMetrics(TelemetryOptions chosen)
    {
        var builder = Sdk.CreateMeterProviderBuilder()
            .ConfigureServices(services => services.AddSingleton(configuration))
            .SetResourceBuilder(chosen.Resource())
            .AddMeter(Meters)
            .AddView(QueuedRequests, MetricStreamConfiguration.Drop);
        if (chosen.ServesPages)
        {
            builder.AddMeter(WebRequests);
        }

        if (chosen.ServesMetrics)
        {
            Prometheus = new PrometheusReader(new PrometheusExporter());
            builder.AddReader(Prometheus);
        }

        // With an example of a trace for each count, for whoever finds one odd. The text format of /metrics has no place for them.
        return chosen.Exports ? builder.SetExemplarFilter(ExemplarFilterType.TraceBased).AddOtlpExporter().Build() : builder.Build();
    }

    private TracerProvider BuildTraces(TelemetryOptions chosen) => Sdk.CreateTracerProviderBuilder()
        .ConfigureServices(services => services.AddSingleton(configuration))
        .SetResourceBuilder(chosen.Resource())
        .AddSource("Microsoft.AspNetCore", CallMetrics.SourceName, "BooksForYou.*")
        .AddOtlpExporter()
        .Build();
}
