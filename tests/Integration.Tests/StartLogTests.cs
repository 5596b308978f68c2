using System.Text.Json;

namespace BooksForYou.Integration.Tests;

/// <summary>What a new user reads in the terminal: nothing looks wrong when nothing is.</summary>
public sealed class StartLogTests
{
    private static readonly string[] Calm = ["info", "debug"];

    [Fact]
    public async Task First_start_and_stop_of_the_whole_store_log_no_warning()
    {
        var data = Directory.CreateTempSubdirectory("booksforyou-").FullName;
        try
        {
            await using var run = ProgramRun.Start(
                "dotnet",
                [
                    Repository.ProgramOf("AllInOne"), "--data-dir", data, "--http-port", "0", "--grpc-port", "0", "--test-gateway-port", "0",
                    "--inventory-reservation-sweep", "00:00:00.05",
                ]);
            await run.WaitForOutputAsync("FollowingCatalogue");
            await run.SignalAsync("TERM");

            Assert.Equal(0, await run.WaitForExitAsync());
            var lines = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            var loud = lines.Where(line => !Calm.Contains(JsonDocument.Parse(line).RootElement.GetProperty("level").GetString())).ToList();
            Assert.NotEmpty(lines);
            Assert.True(loud.Count == 0, string.Join('\n', loud));
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }
}
