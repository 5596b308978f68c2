namespace BooksForYou.ServiceKit.Tests.Hosting;

public sealed class ProcessTests
{
    [Fact]
    public async Task Start_help_lists_settings_and_sections()
    {
        await using var process = SampleProcess.Start(["--help"]);
        var (exitCode, output, errors) = await process.WaitForExitAsync();
        Assert.Equal(0, exitCode);
        Assert.Empty(errors);
        Assert.Contains("--grpc-port", output, StringComparison.Ordinal);
        Assert.Contains("[GRPC_PORT, default 50051]", output, StringComparison.Ordinal);
        Assert.Contains("--http-port, --port", output, StringComparison.Ordinal);
        Assert.Contains("Books on a page. Default 20. [Sample:PageSize]", output, StringComparison.Ordinal);
        Assert.DoesNotContain("not secret", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_version_prints_it()
    {
        await using var process = SampleProcess.Start(["--version"]);
        var (exitCode, output, _) = await process.WaitForExitAsync();
        Assert.Equal(0, exitCode);
        Assert.Matches(@"^\d+\.\d+\.\d+", output);
    }

    [Theory]
    [InlineData("--grpc-prot=5", "Unknown option --grpc-prot; did you mean --grpc-port?")]
    [InlineData("--xylophone", "Unknown option --xylophone.")]
    [InlineData("stray", "Unexpected argument \"stray\".")]
    [InlineData("--grpc-port", "Required argument missing for option: '--grpc-port'.")]
    public async Task Start_mistake_on_the_command_line_exits_with_2(string argument, string message)
    {
        await using var process = SampleProcess.Start([argument]);
        var (exitCode, _, errors) = await process.WaitForExitAsync();
        Assert.Equal(2, exitCode);
        Assert.Equal($"{message}\n--help lists the options.\n", errors);
    }

    [Fact]
    public async Task Start_bad_settings_exits_with_1_and_a_line_for_each()
    {
        await using var process = SampleProcess.Start(
            ["--grpc-port", "many", "--sample-page-size=300", "--sample-price-age", "old"],
            directory: null,
            ("SAMPLE_DATABASE", "Password=hunter2"));
        var (exitCode, output, errors) = await process.WaitForExitAsync();
        Assert.Equal(1, exitCode);
        Assert.Equal(
            [
                "GRPC_PORT is \"many\"; it takes a port from 0 (any free one) to 65535.",
                "SAMPLE_DATABASE has a value that cannot be used; it takes Host=….",
                "Sample:PriceAge is \"old\"; it takes a time such as 00:00:30.",
                "Sample:PageSize is \"300\"; it takes a whole number from 1 to 100.",
            ],
            errors.TrimEnd().Split('\n'));
        Assert.Empty(output);
    }

    [Fact]
    public async Task Start_port_in_use_exits_with_1_and_one_line()
    {
        await using var first = await SampleProcess.ServeAsync();
        await using var second = SampleProcess.Start(["--grpc-port", $"{first.GrpcPort}", "--http-port", "0", "--metrics-port", "0"]);
        var (exitCode, output, errors) = await second.WaitForExitAsync();
        Assert.Equal(1, exitCode);
        Assert.Equal($"Port {first.GrpcPort} is in use; GRPC_PORT takes another one.\n", errors);
        Assert.Empty(output);
    }

    [Fact]
    public async Task Start_from_any_directory_finds_its_settings_beside_the_program_and_there()
    {
        var directory = Directory.CreateTempSubdirectory("booksforyou-");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(directory.FullName, "appsettings.json"), """{ "Sample": { "PageSize": 500 } }""");
            await using var process = SampleProcess.Start(["--grpc-port", "0"], directory.FullName, ("HTTP_PORT", ""), ("SHUTDOWN_DELAY", "-1"));
            var (exitCode, _, errors) = await process.WaitForExitAsync();
            Assert.Equal(1, exitCode);
            Assert.Equal(
                ["SHUTDOWN_DELAY is \"-1\"; it takes seconds, from 0 to 300.", "Sample:PageSize is \"500\"; it takes a whole number from 1 to 100."],
                errors.TrimEnd().Split('\n'));
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Start_that_fails_unexpectedly_exits_with_1_and_one_line_and_the_rest_in_the_log()
    {
        await using var process = StartFailing("warm-up");
        await process.WaitForAsync("CannotRun");
        var (exitCode, _, errors) = await process.WaitForExitAsync();
        Assert.Equal(1, exitCode);
        Assert.Equal("The service cannot run: The shelves fell down.\n", errors);
    }

    [Fact]
    public async Task Run_background_service_that_breaks_ends_the_process_with_1()
    {
        await using var process = StartFailing("background");
        await process.WaitForAsync("Drained");
        Assert.Equal(1, (await process.WaitForExitAsync()).ExitCode);
    }

    [Fact]
    public async Task Start_told_to_stop_while_warming_up_exits_with_0()
    {
        await using var process = StartFailing("slow");
        await process.WaitForAsync("Waiting");
        await process.SignalAsync("TERM");
        var (exitCode, _, errors) = await process.WaitForExitAsync();
        Assert.Equal((0, ""), (exitCode, errors));
    }

    [Fact]
    public async Task Health_of_a_running_instance_exits_with_0()
    {
        await using var running = await SampleProcess.ServeAsync();
        await using var probe = SampleProcess.Start(["--health", "--grpc-port", $"{running.GrpcPort}"]);
        var (exitCode, output, _) = await probe.WaitForExitAsync();
        Assert.Equal((0, "SERVING"), (exitCode, output));
    }

    [Fact]
    public async Task Health_of_no_instance_exits_with_1()
    {
        await using var probe = SampleProcess.Start(["--health", "--grpc-port", $"{FreePort.Next()}"]);
        var (exitCode, output, _) = await probe.WaitForExitAsync();
        Assert.Equal((1, "UNREACHABLE"), (exitCode, output));
    }

    private static SampleProcess StartFailing(string failure) =>
        SampleProcess.Start(["--grpc-port", "0", "--http-port", "0", "--metrics-port", "0", "--sample-failure", failure]);
}
