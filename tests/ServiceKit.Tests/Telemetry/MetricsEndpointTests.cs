using System.Diagnostics;
using System.Net;
using BooksForYou.ServiceKit.SampleHost;

namespace BooksForYou.ServiceKit.Tests.Telemetry;

[Collection(nameof(ProcessWideMetrics))]
public sealed class MetricsEndpointTests
{
    private const string Promtool = "/usr/bin/promtool";

    [Fact]
    public async Task Scrape_after_calls_promtool_finds_no_fault()
    {
        Assert.SkipUnless(File.Exists(Promtool), $"Needs {Promtool} (Debian package prometheus).");
        await using var application = await SampleApplication.StartAsync();
        await application.Client.ReadAsync(new SampleMessage());
        await application.Web.GetStringAsync(new Uri("/", UriKind.Relative));
        await application.Measured.WaitForAsync(measurement => measurement.Instrument == Calls.Served);

        var page = await application.Metrics.GetStringAsync(new Uri("/metrics", UriKind.Relative));

        Assert.Equal((0, ""), await CheckAsync(page));
        Assert.NotEqual(0, (await CheckAsync(page + "not a metric\n")).ExitCode);
    }

    [Fact]
    public async Task Scrape_after_calls_has_their_number_and_duration()
    {
        await using var application = await SampleApplication.StartAsync();
        await application.Client.PutAsync(new SampleMessage());
        await application.Client.PutAsync(new SampleMessage());
        await application.Measured.WaitForAsync(2, measurement => measurement.Instrument == Calls.Served);

        using var response = await application.Metrics.GetAsync(new Uri("/metrics", UriKind.Relative));
        var page = await response.Content.ReadAsStringAsync();

        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        const string Labels =
            "rpc_method=\"booksforyou.sample.v1.SampleService/Put\",rpc_response_status_code=\"OK\",rpc_system_name=\"grpc\"";
        Assert.Contains("# TYPE rpc_server_call_duration_seconds histogram\n", page, StringComparison.Ordinal);
        Assert.Contains($"rpc_server_call_duration_seconds_count{{{Labels}}} 2\n", page, StringComparison.Ordinal);
        Assert.Equal(
            ["0.005", "0.01", "0.025", "0.05", "0.075", "0.1", "0.25", "0.5", "0.75", "1", "2.5", "5", "7.5", "10", "+Inf"],
            page.Split('\n')
                .Where(line => line.StartsWith($"rpc_server_call_duration_seconds_bucket{{{Labels}", StringComparison.Ordinal))
                .Select(line => line.Split("le=\"")[1].Split('"')[0]));
        Assert.Contains("service_name=\"sample\"", page, StringComparison.Ordinal);
        Assert.Contains("dotnet_gc_collections_total", page, StringComparison.Ordinal);
        Assert.Contains("kestrel_active_connections", page, StringComparison.Ordinal);
        Assert.DoesNotContain("http_route=\"/booksforyou.sample.v1.SampleService", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("POST", HttpStatusCode.MethodNotAllowed)]
    [InlineData("HEAD", HttpStatusCode.OK)]
    public async Task Request_with_another_method_is_answered_as_HTTP_asks(string method, HttpStatusCode status)
    {
        await using var application = await SampleApplication.StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), "/metrics");

        using var response = await application.Metrics.SendAsync(request);

        Assert.Equal(status, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Request_on_the_web_port_finds_nothing()
    {
        await using var application = await SampleApplication.StartAsync();

        using var response = await application.Web.GetAsync(new Uri("/metrics", UriKind.Relative));

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task Scrapes_in_parallel_are_all_whole()
    {
        await using var application = await SampleApplication.StartAsync();
        await application.Client.WriteAsync(new SampleMessage());
        await application.Measured.WaitForAsync(measurement => measurement.Instrument == Calls.Served);

        var pages = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ =>
            application.Metrics.GetStringAsync(new Uri("/metrics", UriKind.Relative))));

        Assert.All(pages, page => Assert.EndsWith("\n", page, StringComparison.Ordinal));
        Assert.All(pages, page => Assert.Contains("SampleService/Write", page, StringComparison.Ordinal));
    }

    private static async Task<(int ExitCode, string Output)> CheckAsync(string page)
    {
        using var promtool = Process.Start(new ProcessStartInfo(Promtool, ["check", "metrics"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        await promtool.StandardInput.WriteAsync(page);
        promtool.StandardInput.Close();
        var output = await Task.WhenAll(promtool.StandardOutput.ReadToEndAsync(), promtool.StandardError.ReadToEndAsync());
        await promtool.WaitForExitAsync();
        return (promtool.ExitCode, string.Concat(output));
    }
}
