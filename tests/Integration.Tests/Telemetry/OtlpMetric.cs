namespace BooksForYou.Integration.Tests.Telemetry;

/// <summary>A metric that was exported.</summary>
/// <param name="Scope">Its meter.</param>
/// <param name="Name">Its name.</param>
/// <param name="Instrument">counter, gauge or histogram.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Attributes">The names of the attributes of all its points.</param>
/// <param name="Traces">The traces that its exemplars name.</param>
internal sealed record OtlpMetric(
    string Scope, string Name, string Instrument, string Unit, IReadOnlySet<string> Attributes, IReadOnlySet<string> Traces)
{
    private const int Gauge = 5;
    private const int Sum = 7;
    private const int Histogram = 9;

    /// <summary>Reads all metrics that a collector was sent, each once.</summary>
    public static IReadOnlyList<OtlpMetric> Read(OtlpCollector collector) =>
    [
        .. from export in collector.Items
           where export.Path.Contains("metrics", StringComparison.Ordinal)
           from scope in OtlpMessage.Of(export.Body).All(1, 2)
           from metric in scope.All(2)
           let one = Read(scope.All(1).Single().Text(1), metric)
           group one by one.Name into same
           select same.First() with
           {
               Attributes = same.SelectMany(one => one.Attributes).ToHashSet(),
               Traces = same.SelectMany(one => one.Traces).ToHashSet(),
           },
    ];

    private static OtlpMetric Read(string scope, OtlpMessage metric)
    {
        var (field, instrument, attributes, exemplars) = metric.Has(Histogram) ? (Histogram, "histogram", 9, 8)
            : metric.Has(Sum) ? (Sum, "counter", 7, 5)
            : (Gauge, "gauge", 7, 5);
        var points = metric.All(field, 1).ToList();
        return new OtlpMetric(
            scope,
            metric.Text(1),
            instrument,
            metric.Text(3),
            points.SelectMany(point => point.Attributes(attributes).Keys).ToHashSet(),
            points.SelectMany(point => point.All(exemplars)).Select(exemplar => exemplar.Hex(5)).ToHashSet());
    }
}
