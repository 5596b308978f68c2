using OpenTelemetry.Metrics;

namespace BooksForYou.ServiceKit.Telemetry;

/// <summary>Collects when it is asked to. Scrapes that come at the same time share one collection.</summary>
internal sealed class PrometheusReader(PrometheusExporter page) : BaseExportingMetricReader(page)
{
    private const int CollectMilliseconds = 5000;

    /// <summary>Gives all metrics as text, or null if they could not be collected in time.</summary>
    public ReadOnlyMemory<byte>? Scrape() => page.Collect!(CollectMilliseconds) ? page.Latest : null;
}
