using System.Text.Json;
using System.Text.RegularExpressions;
using BooksForYou.Deploy.Tests.Compose;
using BooksForYou.Integration.Tests;

namespace BooksForYou.Deploy.Tests.Observability;

/// <summary>Alert rules and dashboard: they do what they say, and ask for what there is.</summary>
public sealed partial class ObservabilityTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("test", "rules", "alerts.test.yaml")]
    [InlineData("check", "config", "prometheus.yaml")]
    public async Task Promtool_finds_nothing_wrong(string command, string subject, string file)
    {
        Assert.SkipUnless(
            Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "promtool"))),
            $"there is no promtool (Debian: apt-get install prometheus): {file} was not checked.");
        await using var promtool = ProgramRun.Start("promtool", [command, subject, ObservabilityFiles.PathOf(file)]);

        Assert.True(await promtool.WaitForExitAsync() == 0, promtool.Output);
    }

    [Fact]
    public void Every_alert_is_tested_and_says_what_is_wrong_and_who_is_to_look()
    {
        var tested = AlertName().Matches(File.ReadAllText(ObservabilityFiles.PathOf("alerts.test.yaml"))).Select(match => match.Groups[1].Value).ToHashSet();
        var documented = File.ReadAllText(Path.Combine(Repository.Root, "docs", "observability.md"));

        Assert.All(ObservabilityFiles.Alerts(), rule =>
        {
            Assert.Contains($"{rule["alert"]}", tested);
            Assert.Contains($"| `{rule["alert"]}` |", documented, StringComparison.Ordinal);
            Assert.Contains($"{rule["labels"]["severity"]}", (string[])["page", "ticket"]);
            Assert.NotEmpty($"{rule["annotations"]["summary"]}");
            Assert.NotEmpty($"{rule["annotations"]["description"]}");
        });
    }

    [Fact]
    public void Prometheus_looks_at_every_service_that_has_metrics()
    {
        var services = ComposeFile.Read("compose.yaml").Services
            .Where(service => service.Value.IsBuilt && service.Key != "testgateway")
            .Select(service => service.Key)
            .Order(StringComparer.Ordinal);
        var jobs = Job().Matches(File.ReadAllText(ObservabilityFiles.PathOf("prometheus.yaml"))).Select(match => match.Groups[1].Value);

        Assert.Equal(services, jobs.Order(StringComparer.Ordinal));
        Assert.All(services, service => Assert.Equal(
            "http://collector:4317", ComposeFile.Read("compose.observability.yaml").Services[service].Environment["OTEL_EXPORTER_OTLP_ENDPOINT"]));
    }

    [Fact]
    public void Panels_have_a_data_source_that_is_provisioned()
    {
        var sources = SourceId().Matches(File.ReadAllText(ObservabilityFiles.PathOf("grafana/provisioning/datasources/store.yaml")))
            .Select(match => match.Groups[1].Value)
            .ToHashSet();
        using var dashboard = JsonDocument.Parse(File.ReadAllText(ObservabilityFiles.PathOf("grafana/dashboards/store.json")));
        var panels = dashboard.RootElement.GetProperty("panels").EnumerateArray().Where(panel => panel.GetProperty("type").GetString() != "row").ToList();

        Assert.NotEmpty(panels);
        Assert.All(panels, panel => Assert.Contains(panel.GetProperty("datasource").GetProperty("uid").GetString()!, sources));
    }

    [Fact]
    public async Task Store_that_has_sold_a_book_emits_every_metric_that_is_asked_for()
    {
        var metrics = await MetricsAfterASaleAsync();
        var emitted = MetricType().Matches(metrics)
            .SelectMany(match => match.Groups["type"].Value == "histogram"
                ? ["_bucket", "_count", "_sum"]
                : (string[])[""], (match, ending) => match.Groups["name"].Value + ending)
            .ToHashSet();

        List<PromQuery> queries = [.. ObservabilityFiles.Alerts().Select(rule => new PromQuery($"{rule["expr"]}")), .. ObservabilityFiles.DashboardQueries()];

        Assert.True(queries.Count > 20, $"Only {queries.Count} questions were found.");
        Assert.All(queries.SelectMany(query => query.Metrics).Distinct(), metric => Assert.Contains(metric, emitted));
        Assert.All(queries.SelectMany(query => query.Labels).Distinct(), label => Assert.Contains(label, metrics, StringComparison.Ordinal));
    }

    private static async Task<string> MetricsAfterASaleAsync()
    {
        var data = Directory.CreateTempSubdirectory("booksforyou-").FullName;
        try
        {
            var (web, management) = (FreePort.Next(), FreePort.Next());
            var certificates = await CreateCertificatesAsync(data);
            await using var store = ProgramRun.Start(
                "dotnet",
                [
                    Repository.ProgramOf("AllInOne"), "--data-dir", data, "--http-port", $"{web}", "--grpc-port", "0",
                    "--metrics-port", $"{management}", "--test-gateway-port", "0",
                ],
                Repository.Root,
                ("TLS_CERT", Path.Combine(certificates, "tls.crt")),
                ("TLS_KEY", Path.Combine(certificates, "tls.key")),
                ("TLS_CA", Path.Combine(certificates, "ca.crt")),
                ("HEALTH_PORT", "0"));
            await store.WaitForOutputAsync("Serving: ");
            using var client = new HttpClient { BaseAddress = new Uri($"http://localhost:{web}") };
            var shopper = new Shopper(client);
            await shopper.AddAsync(book: 1);
            using var paid = await shopper.PayAsync(await shopper.FillCheckoutAsync());
            Assert.StartsWith("/orders/", paid.RequestMessage!.RequestUri!.AbsolutePath, StringComparison.Ordinal);
            return await client.GetStringAsync(new Uri($"http://localhost:{management}/metrics"), Cancellation);
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    private static async Task<string> CreateCertificatesAsync(string folder)
    {
        var all = Path.Combine(folder, "certificates");
        await using var create = ProgramRun.Start("bash", [Path.Combine(Repository.Root, "deploy", "certs", "create"), "--out", all, "all-in-one"]);
        Assert.True(await create.WaitForExitAsync() == 0, create.Output);
        return Path.Combine(all, "all-in-one");
    }

    [GeneratedRegex(@"alertname: (\w+)")]
    private static partial Regex AlertName();

    [GeneratedRegex(@"job_name: (\w+)")]
    private static partial Regex Job();

    [GeneratedRegex(@"uid: (\w+)")]
    private static partial Regex SourceId();

    [GeneratedRegex(@"^# TYPE (?<name>\S+) (?<type>\w+)$", RegexOptions.Multiline)]
    private static partial Regex MetricType();
}
