using BooksForYou.ServiceKit.SampleHost;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace BooksForYou.ServiceKit.Tests.Telemetry;

[Collection(nameof(ProcessWideMetrics))]
public sealed class OtlpExportTests
{
    [Theory]
    [InlineData("http/protobuf", HttpProtocols.Http1, "/v1/")]
    [InlineData("grpc", HttpProtocols.Http2, "/opentelemetry.proto.collector.")]
    public async Task Endpoint_set_everything_is_sent_by_the_time_the_process_has_stopped(
        string protocol, HttpProtocols protocols, string prefix)
    {
        await using var collector = await OtlpCollector.StartAsync(protocols);
        var application = await SampleApplication.StartAsync(
            builder => builder.Configuration["OTEL_EXPORTER_OTLP_PROTOCOL"] = protocol,
            "--otel-exporter-otlp-endpoint",
            collector.Address,
            "--otel-service-name",
            "sample-of-the-test");
        await application.Client.ReadAsync(new SampleMessage());

        await application.DisposeAsync();

        Assert.All(collector.Items, item => Assert.StartsWith(prefix, item.Path, StringComparison.Ordinal));
        (string Signal, string Text)[] expected =
            [("metrics", "rpc.server.call.duration"), ("trace", "SampleService/Read"), ("logs", "Shutting down")];
        foreach (var (signal, text) in expected)
        {
            var sent = collector.Sent(signal);
            Assert.Contains(text, sent, StringComparison.Ordinal);
            Assert.Contains("sample-of-the-test", sent, StringComparison.Ordinal);
            Assert.Contains("service.version", sent, StringComparison.Ordinal);
            Assert.Contains("service.instance.id", sent, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Probes_and_scrapes_are_not_traced()
    {
        await using var collector = await OtlpCollector.StartAsync(HttpProtocols.Http1);
        var application = await SampleApplication.StartAsync(
            builder => builder.Configuration["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            "--otel-exporter-otlp-endpoint",
            collector.Address);
        await application.Metrics.GetStringAsync(new Uri("/metrics", UriKind.Relative));
        await application.Metrics.GetStringAsync(new Uri("/healthz/ready", UriKind.Relative));
        await new Contracts.Health.V1.Health.HealthClient(application.Channel).CheckAsync(new Contracts.Health.V1.HealthCheckRequest());
        await application.Client.ReadAsync(new SampleMessage());

        await application.DisposeAsync();

        var traces = collector.Sent("trace");
        Assert.Contains("SampleService/Read", traces, StringComparison.Ordinal);
        Assert.DoesNotContain("metrics", traces, StringComparison.Ordinal);
        Assert.DoesNotContain("healthz", traces, StringComparison.Ordinal);
        Assert.DoesNotContain("grpc.health", traces, StringComparison.Ordinal);
    }
}
