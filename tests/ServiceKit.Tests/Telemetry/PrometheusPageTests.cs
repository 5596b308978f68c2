using System.Diagnostics.Metrics;
using System.Text;
using BooksForYou.ServiceKit.Telemetry;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace BooksForYou.ServiceKit.Tests.Telemetry;

public sealed class PrometheusPageTests : IDisposable
{
    private readonly Meter _meter = new($"PrometheusPageTests.{Guid.NewGuid()}");

    public void Dispose() => _meter.Dispose();

    [Fact]
    public void Scrape_counter_has_unit_total_and_labels_in_order()
    {
        var page = Scrape(() => _meter
            .CreateCounter<long>("shop.bytes.sent", "By", "Bytes that went out.")
            .Add(5, new("z", "last"), new("a.b", "first")));

        Assert.Contains(
            """
            # HELP shop_bytes_sent_bytes_total Bytes that went out.
            # TYPE shop_bytes_sent_bytes_total counter
            shop_bytes_sent_bytes_total{a_b="first",z="last"} 5

            """.ReplaceLineEndings("\n"),
            page,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Scrape_histogram_counts_buckets_cumulatively()
    {
        var page = Scrape(() =>
        {
            var advice = new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.5, 1, 2.5] };
            var duration = _meter.CreateHistogram("shop.visit.duration", "s", "How long.", advice: advice);
            duration.Record(0.25);
            duration.Record(0.75);
            duration.Record(0.5);
            duration.Record(99);
        });

        Assert.Contains(
            """
            # HELP shop_visit_duration_seconds How long.
            # TYPE shop_visit_duration_seconds histogram
            shop_visit_duration_seconds_bucket{le="0.5"} 2
            shop_visit_duration_seconds_bucket{le="1"} 3
            shop_visit_duration_seconds_bucket{le="2.5"} 3
            shop_visit_duration_seconds_bucket{le="+Inf"} 4
            shop_visit_duration_seconds_sum 100.5
            shop_visit_duration_seconds_count 4

            """.ReplaceLineEndings("\n"),
            page,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("shop.load", "1", "shop_load_ratio")]
    [InlineData("shop.thread.count", "{thread}", "shop_threads")]
    [InlineData("shop.memory", "MiBy", "shop_memory_mebibytes")]
    [InlineData("shop.queue", null, "shop_queue")]
    [InlineData("2nd--floor.ünits", "{book}", "_2nd_floor_nits")]
    public void Scrape_gauge_is_named_for_what_it_holds(string name, string? unit, string expected)
    {
        Assert.Equal(expected, PrometheusName.OfFamily(name, unit, "gauge"));
    }

    [Fact]
    public void Scrape_values_beyond_numbers_are_spelled_as_Prometheus_does()
    {
        var page = Scrape(() =>
        {
            var gauge = _meter.CreateGauge<double>("shop.odd");
            gauge.Record(double.NaN, new KeyValuePair<string, object?>("kind", "nan"));
            gauge.Record(double.PositiveInfinity, new KeyValuePair<string, object?>("kind", "inf"));
            gauge.Record(1e-7, new KeyValuePair<string, object?>("kind", "small"));
        });

        Assert.Contains("shop_odd{kind=\"nan\"} NaN\n", page, StringComparison.Ordinal);
        Assert.Contains("shop_odd{kind=\"inf\"} +Inf\n", page, StringComparison.Ordinal);
        Assert.Contains("shop_odd{kind=\"small\"} 1E-07\n", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Scrape_text_with_special_characters_is_escaped()
    {
        var page = Scrape(() => _meter
            .CreateCounter<int>("shop.escaped", null, "A \\ and\na line")
            .Add(1, new KeyValuePair<string, object?>("text", "a\\b\"c\nd")));

        Assert.Contains("# HELP shop_escaped_total A \\\\ and\\na line\n", page, StringComparison.Ordinal);
        Assert.Contains("shop_escaped_total{text=\"a\\\\b\\\"c\\nd\"} 1\n", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Scrape_two_names_that_become_one_are_joined()
    {
        var page = Scrape(() => _meter.CreateCounter<int>("shop.joined").Add(1, new("a.b", "1"), new("a_b", "2")));

        Assert.Contains("shop_joined_total{a_b=\"1;2\"} 1\n", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Scrape_twice_is_the_same_page()
    {
        using var exporter = new PrometheusExporter();
        using var reader = new PrometheusReader(exporter);
        using var provider = Provider(reader);
        _meter.CreateCounter<int>("shop.b").Add(1);
        _meter.CreateCounter<int>("shop.a").Add(1, new KeyValuePair<string, object?>("k", "v"));

        var first = Encoding.UTF8.GetString(reader.Scrape()!.Value.Span);

        Assert.Equal(first, Encoding.UTF8.GetString(reader.Scrape()!.Value.Span));
        Assert.True(first.IndexOf("shop_a_total", StringComparison.Ordinal) < first.IndexOf("shop_b_total", StringComparison.Ordinal));
        Assert.Contains("target_info{service_name=\"books\"} 1\n", first, StringComparison.Ordinal);
    }

    private MeterProvider Provider(PrometheusReader reader) => Sdk.CreateMeterProviderBuilder()
        .SetResourceBuilder(ResourceBuilder.CreateEmpty().AddAttributes([new("service.name", "books")]))
        .AddMeter(_meter.Name)
        .AddReader(reader)
        .Build();

    private string Scrape(Action record)
    {
        using var exporter = new PrometheusExporter();
        using var reader = new PrometheusReader(exporter);
        using var provider = Provider(reader);
        record();
        return Encoding.UTF8.GetString(reader.Scrape()!.Value.Span);
    }
}
