using System.Globalization;
using System.Text;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace BooksForYou.ServiceKit.Telemetry;

/// <summary>
/// The text of one scrape, in exposition format 0.0.4 (<see href="https://prometheus.io/docs/instrumenting/exposition_formats/"/>).
/// Families, series and labels are in alphabetical order, so that two scrapes can be compared.
/// </summary>
internal sealed class PrometheusPage
{
    private readonly SortedDictionary<string, string> _families = new(StringComparer.Ordinal);

    public void AddResource(Resource resource)
    {
        var text = new StringBuilder();
        WriteHeader(text, "target_info", "Who reports these metrics.", "gauge");
        WriteSample(text, "target_info", Labels(resource.Attributes), 1);
        _families["target_info"] = text.ToString();
    }

    public void Add(Metric metric)
    {
        var type = TypeOf(metric.MetricType);
        if (type is null)
        {
            return;
        }

        var family = PrometheusName.OfFamily(metric.Name, metric.Unit, type);
        if (_families.ContainsKey(family))
        {
            // Two families of one name would make the whole page unreadable; the first to be registered keeps it.
            return;
        }

        var series = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (ref readonly var point in metric.GetMetricPoints())
        {
            var labels = LabelsOf(in point);
            series.TryAdd(labels, Sample(family, labels, metric.MetricType, in point));
        }

        if (series.Count > 0)
        {
            var text = new StringBuilder();
            WriteHeader(text, family, metric.Description, type);
            _families.Add(family, text.AppendJoin("", series.Values).ToString());
        }
    }

    public ReadOnlyMemory<byte> ToUtf8() => Encoding.UTF8.GetBytes(string.Concat(_families.Values));

    private static string? TypeOf(MetricType type) => type switch
    {
        MetricType.LongSum or MetricType.DoubleSum => "counter",
        MetricType.LongSumNonMonotonic or MetricType.DoubleSumNonMonotonic or MetricType.LongGauge or MetricType.DoubleGauge => "gauge",
        MetricType.Histogram => "histogram",
        _ => null,
    };

    private static void WriteHeader(StringBuilder text, string family, string? description, string type)
    {
        var help = string.IsNullOrEmpty(description) ? family.Replace('_', ' ') : description;
        help = help.Replace("\\", "\\\\", StringComparison.Ordinal).ReplaceLineEndings("\\n");
        text.Append("# HELP ").Append(family).Append(' ').Append(help).Append('\n');
        text.Append("# TYPE ").Append(family).Append(' ').Append(type).Append('\n');
    }

    private static string LabelsOf(in MetricPoint point)
    {
        var tags = new List<KeyValuePair<string, object?>>(point.Tags.Count);
        foreach (var tag in point.Tags)
        {
            tags.Add(tag);
        }

        return Labels(tags!);
    }

    private static string Sample(string family, string labels, MetricType type, in MetricPoint point)
    {
        var text = new StringBuilder();
        switch (type)
        {
            case MetricType.LongSum or MetricType.LongSumNonMonotonic:
                WriteSample(text, family, labels, point.GetSumLong());
                break;
            case MetricType.DoubleSum or MetricType.DoubleSumNonMonotonic:
                WriteSample(text, family, labels, point.GetSumDouble());
                break;
            case MetricType.LongGauge:
                WriteSample(text, family, labels, point.GetGaugeLastValueLong());
                break;
            case MetricType.DoubleGauge:
                WriteSample(text, family, labels, point.GetGaugeLastValueDouble());
                break;
            default:
                WriteHistogram(text, family, labels, in point);
                break;
        }

        return text.ToString();
    }

    private static void WriteHistogram(StringBuilder text, string family, string labels, in MetricPoint point)
    {
        var separator = labels.Length == 0 ? "" : ",";
        var count = 0L;
        foreach (var bucket in point.GetHistogramBuckets())
        {
            // The SDK counts each bucket by itself, Prometheus each with all below it.
            count += bucket.BucketCount;
            WriteSample(text, family + "_bucket", $"{labels}{separator}le=\"{Number(bucket.ExplicitBound)}\"", count);
        }

        WriteSample(text, family + "_sum", labels, point.GetHistogramSum());
        WriteSample(text, family + "_count", labels, point.GetHistogramCount());
    }

    private static void WriteSample(StringBuilder text, string name, string labels, double value)
    {
        text.Append(name);
        if (labels.Length > 0)
        {
            text.Append('{').Append(labels).Append('}');
        }

        text.Append(' ').Append(Number(value)).Append('\n');
    }

    private static string Labels(IEnumerable<KeyValuePair<string, object>> tags)
    {
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in tags)
        {
            var name = PrometheusName.OfLabel(key);
            var text = Text(value);
            // Two names may become one: the format's rules ask for both values then.
            labels[name] = labels.TryGetValue(name, out var other) ? $"{other};{text}" : text;
        }

        return string.Join(',', labels.Select(label => $"{label.Key}=\"{Escape(label.Value)}\""));
    }

    private static string Text(object? value) => value switch
    {
        bool truth => truth ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    private static string Escape(string value) => value
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("\"", "\\\"", StringComparison.Ordinal)
        .Replace("\n", "\\n", StringComparison.Ordinal);

    private static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };
}
