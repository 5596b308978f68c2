using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using BooksForYou.Contracts.Unversioned;
using BooksForYou.SideBySide.Calls;

namespace BooksForYou.SideBySide.Settings;

/// <summary>What encryption and telemetry cost: Recommend of two stores that differ in these settings alone.</summary>
internal sealed class SettingsComparison : IAsyncDisposable
{
    private static readonly RecommendationRequest Request = new() { UserId = 1, Category = BookCategory.Mystery, MaxResults = 3 };

    // Until the code is compiled for speed.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(10);

    private readonly string _data = Directory.CreateTempSubdirectory("booksforyou-bench-").FullName;
    private readonly Stack<MeasuredProgram> _programs = new();

    /// <summary>Measures both, one after the other, and gives the medians as Markdown.</summary>
    public async Task<string> MeasureAsync(int pairs, TimeSpan duration, CancellationToken cancellation)
    {
        var report = new StringBuilder();
        report.AppendLine(CultureInfo.InvariantCulture, $"Medians of {pairs} pairs of runs of {duration.TotalSeconds:0} s, {Environment.ProcessorCount} processors, .NET {Environment.Version}:");
        report.AppendLine();
        report.AppendLine("| Recommend | with | without | ratio | wanted |");
        report.AppendLine("|---|---:|---:|---:|---:|");
        await MeasureEncryptionAsync(report, pairs, duration, cancellation);
        await MeasureTelemetryAsync(report, pairs, duration, cancellation);
        return report.ToString();
    }

    public async ValueTask DisposeAsync()
    {
        await StopStoresAsync();
        Directory.Delete(_data, recursive: true);
    }

    // h2load has no certificate to show, so that the callers are gRPC clients of .NET here, and their encryption is in the result as well.
    private async Task MeasureEncryptionAsync(StringBuilder report, int pairs, TimeSpan duration, CancellationToken cancellation)
    {
        var certificates = await CreateCertificatesAsync(Path.Combine(_data, "certificates"), cancellation);
        var encrypted = Start("encrypted", service =>
        [
            "--tls-cert", Path.Combine(certificates, service, "tls.crt"), "--tls-key", Path.Combine(certificates, service, "tls.key"),
            "--tls-ca", Path.Combine(certificates, "ca.crt"), "--tls-client-cert", "require", "--health-port", "0",
        ]);
        var plain = Start("plain", _ => []);
        using var certified = Callers.Certified(encrypted.GrpcPort, certificates);
        using var others = Callers.Plain(plain.GrpcPort);
        await certified.WaitForAnswerAsync(cancellation);
        await others.WaitForAnswerAsync(cancellation);

        Measured with = new(encrypted), without = new(plain);
        await AlternateAsync(
            "mutual TLS and plain text",
            [
                (with, length => with.TakeAsync(length, _ => certified.CallAsync(length, cancellation))),
                (without, length => without.TakeAsync(length, _ => others.CallAsync(length, cancellation))),
            ],
            pairs,
            duration);
        Add(report, "Mutual TLS (.NET clients, 4 connections × 50 calls at once)", with, without, "0.7");
        await StopStoresAsync();
    }

    private async Task MeasureTelemetryAsync(StringBuilder report, int pairs, TimeSpan duration, CancellationToken cancellation)
    {
        await using var sink = await TelemetrySink.StartAsync(cancellation);
        string[] exported = ["--otel-exporter-otlp-endpoint", sink.Address];
        var each = Start("each", _ => exported);
        var tenth = Start("tenth", _ => exported, environment: [("OTEL_TRACES_SAMPLER", "parentbased_traceidratio"), ("OTEL_TRACES_SAMPLER_ARG", "0.1")]);
        var silent = Start("silent", _ => ["--log-level", "None"], servesMetrics: false);
        foreach (var program in new[] { each, tenth, silent })
        {
            using var caller = Callers.Plain(program.GrpcPort);
            await caller.WaitForAnswerAsync(cancellation);
        }

        Task<double> Load(MeasuredProgram program, TimeSpan length) => LoadGenerator.RecommendAsync(program.GrpcPort, Request, length, cancellation);
        Measured allTraces = new(each), someTraces = new(tenth), nothing = new(silent);
        await AlternateAsync(
            "every call traced, one in ten, and no telemetry",
            [
                (allTraces, length => allTraces.TakeAsync(length, program => ScrapedAsync(program.HttpPort, Load(program, length), cancellation))),
                (someTraces, length => someTraces.TakeAsync(length, program => ScrapedAsync(program.HttpPort, Load(program, length), cancellation))),
                (nothing, length => nothing.TakeAsync(length, program => Load(program, length))),
            ],
            pairs,
            duration);
        if (sink.Bytes == 0)
        {
            throw new InvalidOperationException("No telemetry was sent.");
        }

        Add(report, "Metrics scraped and sent, logs, one call in ten traced (h2load, 4 connections × 50 streams)", someTraces, nothing, "0.9");
        Add(report, "The same, every call traced", allTraces, nothing, "");
        await StopStoresAsync();
    }

    private static async Task AlternateAsync(
        string what, (Measured Measured, Func<TimeSpan, Task> Run)[] variants, int pairs, TimeSpan duration)
    {
        await Console.Error.WriteLineAsync("Warming up …");
        foreach (var (measured, run) in variants)
        {
            await run(duration < WarmUp ? WarmUp : duration);
            measured.Clear();
        }

        for (var pair = 0; pair < pairs; pair++)
        {
            // Every other time backwards, so that a machine that slows down does so for all.
            foreach (var (_, run) in pair % 2 == 0 ? variants : variants.Reverse())
            {
                await run(duration);
            }

            var rates = variants.Select(variant => variant.Measured.LastRate.ToString("0", CultureInfo.InvariantCulture));
            await Console.Error.WriteLineAsync($"{what}, {pair + 1} of {pairs}: {string.Join(", ", rates)} calls/s");
        }
    }

    // As Prometheus does, only more often.
    private static async Task<double> ScrapedAsync(int port, Task<double> load, CancellationToken cancellation)
    {
        using var client = new HttpClient();
        while (!load.IsCompleted)
        {
            await client.GetStringAsync(new Uri($"http://localhost:{port}/metrics"), cancellation);
            await Task.WhenAny(load, Task.Delay(TimeSpan.FromSeconds(1), cancellation));
        }

        return await load;
    }

    private static void Add(StringBuilder report, string name, Measured with, Measured without, string wanted)
    {
        report.AppendLine(CultureInfo.InvariantCulture, $"| {name}, calls/s | {with.Rate:0} | {without.Rate:0} | {with.RateBeside(without):0.00} | {wanted} |");
        report.AppendLine(
            CultureInfo.InvariantCulture,
            $"| … processor time of the server a call, µs | {with.Microseconds:0.0} | {without.Microseconds:0.0} | {with.MicrosecondsBeside(without):0.00} | |");
    }

    private static async Task<string> CreateCertificatesAsync(string folder, CancellationToken cancellation, [CallerFilePath] string here = "")
    {
        var script = Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "deploy", "certs", "create");
        using var create = Process.Start(new ProcessStartInfo(script, ["--out", folder]) { RedirectStandardOutput = true })!;
        await create.StandardOutput.ReadToEndAsync(cancellation);
        await create.WaitForExitAsync(cancellation);
        return create.ExitCode == 0 ? folder : throw new InvalidOperationException($"{script} ended with {create.ExitCode}.");
    }

    // As much of a store as answers Recommend, each service a process of its own.
    private MeasuredProgram Start(string name, Func<string, IEnumerable<string>> settings, bool servesMetrics = true, (string Name, string Value)[]? environment = null)
    {
        var data = Path.Combine(_data, name);
        MeasuredProgram Service(string service, int? metricsPort, params string[] peers)
        {
            var program = MeasuredProgram.Start(
                MeasuredProgram.PathOf("src", service),
                (grpc, http) =>
                [
                    "--grpc-port", $"{grpc}", "--metrics-port", $"{metricsPort ?? http}", "--data-dir", data, .. peers, .. settings(service.ToLowerInvariant()),
                ],
                environment ?? []);
            _programs.Push(program);
            return program;
        }

        var accounts = $"localhost:{Service("Accounts", metricsPort: 0).GrpcPort}";
        var inventory = $"localhost:{Service("Inventory", metricsPort: 0, "--accounts-host", accounts).GrpcPort}";
        return Service("Recommendations", servesMetrics ? null : 0, "--accounts-host", accounts, "--inventory-host", inventory);
    }

    private async Task StopStoresAsync()
    {
        while (_programs.TryPop(out var program))
        {
            await program.DisposeAsync();
        }
    }
}
