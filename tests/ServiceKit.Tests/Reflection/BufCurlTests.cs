using System.Diagnostics;
using BooksForYou.ServiceKit.Tests.Hosting;

namespace BooksForYou.ServiceKit.Tests.Reflection;

/// <summary>A tool that is not ours, and is given no .proto files. It comes with <c>npm install --no-save</c>.</summary>
public sealed class BufCurlTests
{
    private const string Read = "booksforyou.sample.v1.SampleService/Read";

    [Theory]
    [InlineData("grpc-v1")]
    [InlineData("grpc-v1alpha")]
    public async Task BufCurl_without_a_schema_calls_a_method(string protocol)
    {
        var output = await RunAsync(protocol, "--data", """{"text": "hello", "inner": {"kind": "KIND_LOUD"}}""", Read);
        Assert.Contains("\"text\":\"hello\"", output.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("KIND_LOUD", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BufCurl_without_a_schema_lists_services_and_methods()
    {
        Assert.Contains("booksforyou.sample.v1.SampleService", await RunAsync("grpc-v1", "--list-services", ""), StringComparison.Ordinal);
        Assert.Contains(Read, await RunAsync("grpc-v1", "--list-methods", ""), StringComparison.Ordinal);
    }

    private static async Task<string> RunAsync(string protocol, params string[] args)
    {
        var buf = FindBuf();
        Assert.SkipUnless(buf is not null, "buf is not installed; npm install --no-save does that.");
        await using var application = await TestApplication.StartSampleAsync();
        using var process = Process.Start(new ProcessStartInfo(
            buf!,
            ["curl", "--protocol", "grpc", "--http2-prior-knowledge", "--reflect-protocol", protocol, .. args[..^1], new Uri(application.GrpcAddress, args[^1]).ToString()])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await errors);
        return output;
    }

    private static string? FindBuf()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            var path = Path.Combine(directory.FullName, "node_modules", ".bin", "buf");
            if (File.Exists(path))
            {
                return path;
            }
        }

        return null;
    }
}
