using BooksForYou.ServiceKit.Ops;

namespace BooksForYou.Marketplace.Operations;

/// <summary>A process of the store, on the page of operations.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Address">Where it is.</param>
/// <param name="State">How it is, in a word or two.</param>
/// <param name="IsWell">Whether that is as it should be.</param>
/// <param name="Version">The version of the store that it runs; empty when it is away.</param>
/// <param name="Uptime">For how long it has been there; empty when it is away.</param>
/// <param name="PerSecond">How many requests a second it has served; null when it is away.</param>
/// <param name="Traffic">What it has served; null when it is away.</param>
internal sealed record ProcessLine(
    string Name, string Address, string State, bool IsWell, string Version, string Uptime, double? PerSecond, Traffic? Traffic)
{
    private const int MostNames = 3;

    /// <summary>Makes the line of what came of asking a process.</summary>
    public static ProcessLine Of(ProcessAnswer answer, Traffic traffic, TimeSpan span)
    {
        if (answer.Report is not { } report)
        {
            return new ProcessLine(answer.Service, answer.Address, $"Away ({answer.Problem})", IsWell: false, "", "", null, null);
        }

        var name = report.Services.Count > MostNames ? "All in one" : string.Join(", ", report.Services);
        var uptime = report.ReportTime.ToDateTimeOffset() - report.StartTime.ToDateTimeOffset();
        return new ProcessLine(
            name,
            answer.Address,
            report.Ready ? "Ready" : "Not ready",
            report.Ready,
            report.Version,
            Figures.Uptime(uptime),
            traffic.Count / Math.Max(1, Math.Min(span.TotalSeconds, uptime.TotalSeconds)),
            traffic);
    }
}
