using System.Diagnostics;
using System.Text.Json;
using BooksForYou.ServiceKit.Hosting;
using BooksForYou.ServiceKit.SampleHost;

namespace BooksForYou.ServiceKit.Tests.Telemetry;

public sealed class LogSetupTests
{
    [Fact]
    public async Task Process_without_a_terminal_logs_lines_of_JSON()
    {
        string[] settings = ["--grpc-port", "0", "--http-port", "0", "--metrics-port", "0", "--log-level", "Debug"];
        var start = new ProcessStartInfo("dotnet", [typeof(SampleModule).Assembly.Location, .. settings])
        {
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
        };
        using var process = Process.Start(start)!;
        try
        {
            var line = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);

            using var json = JsonDocument.Parse(line!);
            Assert.EndsWith("Z", json.RootElement.GetProperty("timestamp").GetString(), StringComparison.Ordinal);
            Assert.NotEmpty(json.RootElement.GetProperty("category").GetString()!);
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }

    [Fact]
    public async Task StartAsync_level_that_does_not_exist_names_the_setting_and_the_levels()
    {
        await using var application = ServiceApplication.CreateBuilder(["--log-level", "loud"]).Build();

        var exception = await Assert.ThrowsAsync<StartException>(() => application.StartAsync());

        var problem = Assert.Single(exception.Problems);
        Assert.Contains("LOG_LEVEL", problem, StringComparison.Ordinal);
        Assert.Contains("Debug, Information, Warning", problem, StringComparison.Ordinal);
    }
}
