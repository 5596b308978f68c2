using System.Text.RegularExpressions;

namespace BooksForYou.Integration.Tests.Telemetry;

/// <summary>What a store tells while it is used is what docs/telemetry.md lists, and nothing of the people who use it.</summary>
public sealed partial class TelemetryTests(DrivenStore driven) : IClassFixture<DrivenStore>
{
    private static readonly string[] MetricColumns = ["Metric", "Instrument", "Unit", "Attributes"];
    private static readonly string[] SpanColumns = ["Span", "What is done", "Of which service"];
    private static readonly string[] EventColumns = ["Event", "Level", "Category", "Message"];

    [Fact]
    public void Metrics_that_are_exported_are_those_of_the_table_with_instrument_unit_and_attributes()
    {
        var exported = driven.Metrics
            .Where(metric => metric.Scope.StartsWith("BooksForYou.", StringComparison.Ordinal))
            .Select(metric => $"{metric.Name} | {metric.Instrument} | {metric.Unit} | {string.Join(", ", metric.Attributes.Order(StringComparer.Ordinal))}");

        // A store without certificates, such as this one, says nothing of when they expire.
        var listed = Table(MetricColumns).Where(row => !row[0].Contains("tls.", StringComparison.Ordinal)).Select(row =>
            $"{row[0].Trim('`')} | {row[1]} | {row[2].Trim('`')} | {string.Join(", ", Code().Matches(row[3]).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal))}");

        Assert.Equal(listed.Order(StringComparer.Ordinal), exported.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Metrics_of_calls_have_exemplars_of_traces_that_are_exported()
    {
        var calls = driven.Metrics.Single(metric => metric.Name == "rpc.server.call.duration");

        Assert.NotEmpty(calls.Traces.Intersect(driven.Spans.Select(span => span.TraceId)));
    }

    [Fact]
    public void Spans_of_the_kit_are_calls_or_in_the_table()
    {
        var names = driven.Spans.Where(span => span.Scope == "BooksForYou.ServiceKit").Select(span => span.Name).Distinct().ToList();
        var listed = Table(SpanColumns).Select(row => row[0].Trim('`')).ToList();

        Assert.Contains("booksforyou.cart.v1.CartService/Checkout", names);
        Assert.Empty(names.Where(name => !name.Contains('/', StringComparison.Ordinal)).Except(listed));
        Assert.Contains("send mail", names);
        Assert.Contains("take in feed", names);
        Assert.Equal(
            Code().Matches(Paragraph("Attributes of spans: ")).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal),
            driven.Spans.SelectMany(span => span.Attributes.Keys).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Log_events_are_those_of_the_table()
    {
        var inCode = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(file => Event().Matches(File.ReadAllText(file)))
            .Select(match => match.Groups[1].Value)
            .ToHashSet();
        var listed = Table(EventColumns).Select(row => row[0].Trim('`')).ToHashSet();

        Assert.Equal(inCode.Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
        Assert.Empty(driven.Log
            .Where(entry => entry.Category.StartsWith("BooksForYou.", StringComparison.Ordinal))
            .Select(entry => entry.Event)
            .Except(listed));
    }

    [Fact]
    public void Nothing_of_a_person_and_no_secret_is_in_logs_spans_and_metrics()
    {
        Assert.Contains("ReceiptSent", driven.Told, StringComparison.Ordinal);
        Assert.Contains("rpc.server.call.duration", driven.Told, StringComparison.Ordinal);
        Assert.Contains("CartService/Checkout", driven.Told, StringComparison.Ordinal);
        Assert.NotEmpty(driven.Secrets);
        Assert.All(DrivenStore.Personal, text => Assert.DoesNotContain(text, driven.Told, StringComparison.OrdinalIgnoreCase));
        Assert.All(driven.Secrets, text => Assert.DoesNotContain(text, driven.Told, StringComparison.Ordinal));
        Assert.DoesNotMatch(JsonWebToken(), driven.Told);
    }

    private static string Paragraph(string beginning)
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, "docs", "telemetry.md"));
        var start = text.IndexOf(beginning, StringComparison.Ordinal);
        Assert.True(start >= 0, $"docs/telemetry.md has no paragraph '{beginning}…'.");
        return text[start..text.IndexOf("\n\n", start, StringComparison.Ordinal)];
    }

    private static List<string[]> Table(string[] columns) =>
    [
        .. File.ReadLines(Path.Combine(Repository.Root, "docs", "telemetry.md"))
            .SkipWhile(line => !Cells(line).SequenceEqual(columns))
            .Skip(2)
            .TakeWhile(line => line.StartsWith('|'))
            .Select(Cells),
    ];

    private static string[] Cells(string line) => line.Trim('|', ' ').Split('|', StringSplitOptions.TrimEntries);

    [GeneratedRegex("`([a-z_.]+)`")]
    private static partial Regex Code();

    [GeneratedRegex("EventName = \"([A-Za-z]+)\"")]
    private static partial Regex Event();

    [GeneratedRegex(@"eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}")]
    private static partial Regex JsonWebToken();
}
