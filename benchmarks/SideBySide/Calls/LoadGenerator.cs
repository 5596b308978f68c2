using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using BooksForYou.Contracts.Unversioned;
using Google.Protobuf;

namespace BooksForYou.SideBySide.Calls;

/// <summary>Loads a server with h2load (gRPC) or wrk (pages) and gives the requests it answered per second.</summary>
internal static partial class LoadGenerator
{
    /// <summary>Recommend over 4 connections with 50 streams each.</summary>
    public static async Task<double> RecommendAsync(
        int port, RecommendationRequest request, TimeSpan duration, CancellationToken cancellation, string? token = null)
    {
        var body = Path.GetTempFileName();
        try
        {
            // One gRPC message: not compressed, its length in 4 bytes, the message.
            var message = request.ToByteArray();
            await File.WriteAllBytesAsync(body, [0, 0, 0, 0, (byte)message.Length, .. message], cancellation);
            string[] authorization = token is null ? [] : ["-H", $"authorization: Bearer {token}"];
            var output = await RunAsync(
                "h2load",
                ["-c", "4", "-m", "50", "-D", Seconds(duration), "-d", body, "-H", "content-type: application/grpc", "-H", "te: trailers", .. authorization, $"http://127.0.0.1:{port}/Recommendations/Recommend"],
                cancellation);
            if (!NoFailures().IsMatch(output))
            {
                throw new InvalidOperationException($"h2load had failed requests:\n{output}");
            }

            return Rate(H2loadRate(), output);
        }
        finally
        {
            File.Delete(body);
        }
    }

    /// <summary>The home page over 32 connections.</summary>
    public static async Task<double> HomePageAsync(int port, TimeSpan duration, CancellationToken cancellation, string? cookie = null)
    {
        string[] cookies = cookie is null ? [] : ["-H", $"Cookie: {cookie}"];
        var output = await RunAsync("wrk", ["-t", "1", "-c", "32", "-d", Seconds(duration), .. cookies, $"http://127.0.0.1:{port}/"], cancellation);
        if (output.Contains("Non-2xx", StringComparison.Ordinal) || output.Contains("Socket errors", StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"wrk had failed requests:\n{output}");
        }

        return Rate(WrkRate(), output);
    }

    private static string Seconds(TimeSpan duration) => ((int)duration.TotalSeconds).ToString(CultureInfo.InvariantCulture);

    private static double Rate(Regex pattern, string output)
    {
        var match = pattern.Match(output);
        return match.Success
            ? double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"No rate in:\n{output}");
    }

    private static async Task<string> RunAsync(string program, string[] arguments, CancellationToken cancellation)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var errors = process.StandardError.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        return process.ExitCode == 0 ? await output : throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {await output}{await errors}");
    }

    [GeneratedRegex(@" ([\d.]+) req/s")]
    private static partial Regex H2loadRate();

    [GeneratedRegex(@"Requests/sec:\s+([\d.]+)")]
    private static partial Regex WrkRate();

    [GeneratedRegex(@" 0 failed, 0 errored, 0 timeout")]
    private static partial Regex NoFailures();
}
