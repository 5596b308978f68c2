using BooksForYou.Contracts.Ops.V1;
using BooksForYou.ServiceKit.Ops;

namespace BooksForYou.Marketplace.Operations;

/// <summary>The whole store, as the page of operations shows it.</summary>
internal sealed class StoreView
{
    private const string Shop = "Marketplace";
    private const string Rest = "Other calls";
    private const int MostExceptions = 50;

    private static readonly TimeSpan Span = TimeSpan.FromMinutes(Traffic.Minutes);

    private readonly IReadOnlyList<ProcessReport> _reports;
    private readonly DateTimeOffset _until;

    /// <summary>Puts together what the processes have said.</summary>
    public StoreView(IReadOnlyList<ProcessAnswer> answers, DateTimeOffset now)
    {
        Now = now;
        _until = DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds() / 60 * 60);
        _reports = [.. answers.Select(answer => answer.Report).OfType<ProcessReport>()];
        Processes = [.. answers.Select(answer => ProcessLine.Of(answer, Sum(answer.Report), Span)).OrderBy(line => line.IsWell).ThenBy(line => line.Name, StringComparer.Ordinal)];
        Services = [.. Panels()];
        Queues = [.. _reports
            .SelectMany(report => report.Queues)
            .GroupBy(queue => (queue.Service, queue.Name))
            .OrderBy(group => group.Key)
            .Select(group => QueueLine.Of([.. group], _until.AddMinutes(1 - Traffic.Minutes)))];
        Exceptions = [.. _reports
            .SelectMany(report => report.Exceptions.Select(exception => (NameOf(report), exception)))
            .OrderByDescending(entry => entry.exception.Time.ToDateTimeOffset())
            .Take(MostExceptions)];
    }

    /// <summary>When it was so.</summary>
    public DateTimeOffset Now { get; }

    /// <summary>The processes: those that are not well first.</summary>
    public IReadOnlyList<ProcessLine> Processes { get; }

    /// <summary>The services that have served anything.</summary>
    public IReadOnlyList<ServicePanel> Services { get; }

    /// <summary>What waits.</summary>
    public IReadOnlyList<QueueLine> Queues { get; }

    /// <summary>Exceptions of late, the newest first, with the process that they were in.</summary>
    public IReadOnlyList<(string Process, RecentException Exception)> Exceptions { get; }

    /// <summary>How many requests a second that is, over the hour or as much of it as there was a process.</summary>
    public double PerSecond(Traffic traffic) => traffic.Count / Math.Clamp(
        _reports.Select(report => (Now - report.StartTime.ToDateTimeOffset()).TotalSeconds).DefaultIfEmpty(1).Max(), 1, Span.TotalSeconds);

    private static string NameOf(ProcessReport report) => report.Services.Count == 1 ? report.Services[0] : "All in one";

    // booksforyou.cart.v1.CartService/Checkout is Cart's, and Recommendations/Recommend that of Recommendations.
    private static string ServiceOf(RequestSeries series, ProcessReport report)
    {
        var parts = series.Name.Split('/')[0].Split('.');
        var name = parts.Length > 1 ? parts[1] : parts[0];
        return series.Kind == RequestKind.Page ? Shop : report.Services.FirstOrDefault(one => one.Equals(name, StringComparison.OrdinalIgnoreCase)) ?? Rest;
    }

    private Traffic Sum(ProcessReport? report)
    {
        var sum = new Traffic(_until);
        foreach (var series in report?.Requests ?? [])
        {
            sum.Add(series, report!.LatencyBounds);
        }

        return sum;
    }

    private IEnumerable<ServicePanel> Panels()
    {
        var all = _reports.SelectMany(report => report.Requests.Select(series => (Report: report, Series: series)));
        return all.GroupBy(entry => ServiceOf(entry.Series, entry.Report)).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => new ServicePanel(
            group.Key,
            Sum(group),
            [.. group
                .GroupBy(entry => entry.Series.Name)
                .Select(lines => (lines.Key, lines.First().Series.Kind == RequestKind.Stream, Sum(lines)))
                .OrderByDescending(line => line.Item3.Count)]));
    }

    private Traffic Sum(IEnumerable<(ProcessReport Report, RequestSeries Series)> entries)
    {
        var sum = new Traffic(_until);
        foreach (var (report, series) in entries)
        {
            sum.Add(series, report.LatencyBounds);
        }

        return sum;
    }
}
