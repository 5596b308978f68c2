using System.Diagnostics;
using System.Net;

namespace BooksForYou.Integration.Tests;

/// <summary>The first thing that anybody does with a clone: <c>./run</c>.</summary>
public sealed class RunScriptTests
{
    [Fact]
    public async Task Run_serves_the_page_and_ends_with_ctrl_c()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "./run is a shell script; on Windows it is dotnet run --project src/AllInOne.");
        var data = Directory.CreateTempSubdirectory("booksforyou-").FullName;
        try
        {
            var (web, grpc) = (FreePort.Next(), FreePort.Next());
            await using var run = Start("--port", $"{web}", "--data", data, "--grpc-port", $"{grpc}");
            await run.WaitForOutputAsync("Serving: ");

            using var client = new HttpClient();
            var page = await client.GetStringAsync($"http://localhost:{web}/", TestContext.Current.CancellationToken);
            Assert.Contains("<title>Online Books For You</title>", page, StringComparison.Ordinal);
            Assert.NotEmpty(Directory.GetFiles(data));

            await run.SignalAsync("INT");
            Assert.Equal(0, await run.WaitForExitAsync());
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    [Fact]
    public async Task Run_with_services_serves_the_page_from_a_process_each_and_ends_with_ctrl_c()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "./run is a shell script; on Windows each service is started with dotnet run.");
        var data = Directory.CreateTempSubdirectory("booksforyou-").FullName;
        try
        {
            var web = FreePort.Next();
            await using var run = Start("--port", $"{web}", "--data", data, "--services");
            await run.WaitForOutputAsync("Marketplace");
            await WaitForPageAsync(new Uri($"http://localhost:{web}/"), run);

            await run.SignalAsync("INT");
            Assert.Equal(0, await run.WaitForExitAsync());
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    [Theory]
    [InlineData("--port", "nonsense")]
    [InlineData("--port")]
    [InlineData("--no-such-option", "1")]
    public async Task Run_with_a_wrong_option_says_so_in_a_line_and_ends_with_2(params string[] arguments)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "./run is a shell script.");
        await using var run = Start(arguments);

        Assert.Equal(2, await run.WaitForExitAsync());
        Assert.Contains(arguments[0], run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Output, StringComparison.Ordinal);
    }

    // What is started in the background ignores Ctrl+C, and so does all that it starts, as these tests do when that is how ./test was started.
    private static ProgramRun Start(params string[] arguments) => OperatingSystem.IsLinux()
        ? ProgramRun.Start("/usr/bin/env", ["--default-signal=INT", "/bin/bash", "run", .. arguments])
        : ProgramRun.Start("/bin/bash", ["run", .. arguments]);

    private static async Task WaitForPageAsync(Uri address, ProgramRun run)
    {
        using var client = new HttpClient();
        var limit = Stopwatch.StartNew();
        while (true)
        {
            Assert.True(limit.Elapsed < TimeSpan.FromMinutes(5) && !run.HasExited, $"No page at {address}:\n{run.Output}");
            try
            {
                using var response = await client.GetAsync(address, TestContext.Current.CancellationToken);
                if (response.StatusCode == HttpStatusCode.OK
                    && (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Contains("<li>", StringComparison.Ordinal))
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                await Task.Yield();
            }
        }
    }
}
