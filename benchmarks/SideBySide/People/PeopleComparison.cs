using System.Globalization;
using System.Text;
using BooksForYou.Contracts.Unversioned;
using BooksForYou.SideBySide.Calls;

namespace BooksForYou.SideBySide.People;

/// <summary>What it costs to know who somebody is: the same call with and without a token, the same page signed in and not, and signing in itself.</summary>
internal sealed class PeopleComparison : IAsyncDisposable
{
    private static readonly RecommendationRequest Request = new() { UserId = 1, Category = BookCategory.Mystery, MaxResults = 3 };

    private readonly string _data;
    private readonly MeasuredProgram _store;
    private readonly Member _member;

    private PeopleComparison(string data, MeasuredProgram store, Member member) => (_data, _store, _member) = (data, store, member);

    /// <summary>Starts the store in one process, and opens an account.</summary>
    public static async Task<PeopleComparison> StartAsync(CancellationToken cancellation)
    {
        var data = Directory.CreateTempSubdirectory("booksforyou-bench-").FullName;
        var store = MeasuredProgram.Start(
            MeasuredProgram.PathOf("src", "AllInOne"),
            (grpc, http) => ["--grpc-port", $"{grpc}", "--http-port", $"{http}", "--test-gateway-port", "0", "--data-dir", data]);
        await store.WaitUntilReadyAsync(cancellation);
        return new PeopleComparison(data, store, await Member.RegisterAsync(store.GrpcPort, Path.Combine(data, "keys", "service-secret"), cancellation));
    }

    /// <summary>Alternates runs, and gives the medians as Markdown.</summary>
    public async Task<string> MeasureAsync(int pairs, TimeSpan duration, CancellationToken cancellation)
    {
        Measured known = new(_store), unknown = new(_store), memberPage = new(_store), guestPage = new(_store), signIns = new(_store);
        List<double> hashes = [];
        Func<TimeSpan, Task>[] runs =
        [
            length => known.TakeAsync(length, async program =>
                await LoadGenerator.RecommendAsync(program.GrpcPort, Request, length, cancellation, await _member.TokenAsync(cancellation))),
            length => unknown.TakeAsync(length, program => LoadGenerator.RecommendAsync(program.GrpcPort, Request, length, cancellation)),
            length => memberPage.TakeAsync(length, program => LoadGenerator.HomePageAsync(program.HttpPort, length, cancellation, _member.Cookie)),
            length => guestPage.TakeAsync(length, program => LoadGenerator.HomePageAsync(program.HttpPort, length, cancellation)),
            length => signIns.TakeAsync(length, _ => _member.SignInAgainAndAgainAsync(length, cancellation)),
            length =>
            {
                hashes.Add(PasswordCheck.MeasureMicroseconds(length));
                return Task.CompletedTask;
            },
        ];

        await Console.Error.WriteLineAsync("Warming up …");
        foreach (var run in runs)
        {
            await run(duration);
        }

        foreach (var measured in new[] { known, unknown, memberPage, guestPage, signIns })
        {
            measured.Clear();
        }

        hashes.Clear();
        for (var pair = 0; pair < pairs; pair++)
        {
            // Every other time backwards, so that a machine that slows down does so for all.
            foreach (var run in pair % 2 == 0 ? runs : runs.Reverse())
            {
                await run(duration);
            }

            await Console.Error.WriteLineAsync(
                $"round {pair + 1} of {pairs}: Recommend {known.LastRate:0} and {unknown.LastRate:0} calls/s, "
                + $"home page {memberPage.LastRate:0} and {guestPage.LastRate:0} pages/s, {signIns.LastRate:0} sign-ins/s");
        }

        return Report(pairs, duration, known, unknown, memberPage, guestPage, signIns, Statistics.Median(hashes));
    }

    public async ValueTask DisposeAsync()
    {
        _member.Dispose();
        await _store.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    private static string Report(
        int pairs, TimeSpan duration, Measured known, Measured unknown, Measured memberPage, Measured guestPage, Measured signIns, double hash)
    {
        var report = new StringBuilder();
        report.AppendLine(CultureInfo.InvariantCulture, $"Medians of {pairs} rounds of runs of {duration.TotalSeconds:0} s, {Environment.ProcessorCount} processors, .NET {Environment.Version}:");
        report.AppendLine();
        report.AppendLine("| | with | without | difference | ratio |");
        report.AppendLine("|---|---:|---:|---:|---:|");
        Row("Recommend with and without a token, calls/s (h2load, 4 connections × 50 streams)", known.Rate, unknown.Rate, "0");
        Row("Recommend with and without a token, processor time of the server a call, µs", known.Microseconds, unknown.Microseconds, "0.0");
        Row("Home page for somebody signed in and for a guest, pages/s (wrk, 32 connections)", memberPage.Rate, guestPage.Rate, "0");
        Row("Home page for somebody signed in and for a guest, processor time a page, µs", memberPage.Microseconds, guestPage.Microseconds, "0");
        Row("Signing in, and checking the password alone, processor time, ms", signIns.Microseconds / 1000, hash / 1000, "0.0");
        report.AppendLine();
        report.AppendLine(CultureInfo.InvariantCulture, $"{signIns.Rate:0} people a second can sign in.");
        return report.ToString();

        static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

        void Row(string name, double with, double without, string format) => report.AppendLine(
            CultureInfo.InvariantCulture,
            $"| {name} | {Text(with, format)} | {Text(without, format)} | {Text(with - without, format)} | {with / without:0.00} |");
    }
}
