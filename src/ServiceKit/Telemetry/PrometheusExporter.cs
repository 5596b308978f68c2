using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace BooksForYou.ServiceKit.Telemetry;

/// <summary>Turns the collected metrics into Prometheus' text format.</summary>
[ExportModes(ExportModes.Pull)]
internal sealed class PrometheusExporter : BaseExporter<Metric>, IPullMetricExporter
{
    private ReadOnlyMemory<byte> _latest;

    /// <summary>The metrics as they were collected last.</summary>
    public ReadOnlyMemory<byte> Latest => _latest;

    /// <summary>Collects on behalf of a scrape; set by the reader. Without it the reader refuses, so that a flush does not collect for
    /// nobody.</summary>
    public Func<int, bool>? Collect { get; set; }

    /// <inheritdoc/>
    public override ExportResult Export(in Batch<Metric> batch)
    {
        var page = new PrometheusPage();
        page.AddResource(ParentProvider.GetResource());
        foreach (var metric in batch)
        {
            page.Add(metric);
        }

        _latest = page.ToUtf8();
        return ExportResult.Success;
    }
}
