using System.Globalization;
using System.Text;

namespace BooksForYou.Marketplace.Operations;

/// <summary>A chart of the last hour, a place a minute. It says in words what it shows.</summary>
internal sealed class HourChart
{
    /// <summary>The size of the drawing.</summary>
    public const int Width = 600;
    public const int Height = 200;

    /// <summary>Where it stands: to the right of the amounts, below the margin, above the times.</summary>
    public const int Left = 84;
    public const int Top = 14;
    public const int Bottom = 164;

    private const double Step = (Width - Left) / (double)Traffic.Minutes;
    private const double Gap = 0.15;

    private HourChart(string words, string highest, string half, DateTimeOffset from)
    {
        (Words, Highest, Half) = (words, highest, half);
        (First, Last) = (Figures.Clock(from), Figures.Clock(from.AddMinutes(Traffic.Minutes - 1)));
    }

    /// <summary>What it shows, for those who do not see it.</summary>
    public string Words { get; }

    /// <summary>The amount at the top.</summary>
    public string Highest { get; }

    /// <summary>The amount half way up.</summary>
    public string Half { get; }

    /// <summary>The first minute.</summary>
    public string First { get; }

    /// <summary>The last minute.</summary>
    public string Last { get; }

    /// <summary>The bars, of the minutes in which there is anything.</summary>
    public IReadOnlyList<Bar> Bars { get; private init; } = [];

    /// <summary>The lines, as paths, by the name of their style.</summary>
    public IReadOnlyList<(string Style, string Path)> Lines { get; private init; } = [];

    /// <summary>Draws requests a second: a bar a minute, failures upon the rest.</summary>
    public static HourChart OfRequests(string service, Traffic traffic)
    {
        var highest = traffic.Requests.Max() / 60.0;
        var words = $"Requests a second to {service} over the last hour: {Figures.Rate(traffic.Count / 3600.0)} on average, "
            + $"{Figures.Rate(highest)} in the busiest minute. {traffic.FailureCount.ToString("N0", CultureInfo.InvariantCulture)} failed.";
        return new HourChart(words, Figures.Rate(highest), Figures.Rate(highest / 2), traffic.From)
        {
            Bars = [.. Enumerable.Range(0, Traffic.Minutes).Where(minute => traffic.Requests[minute] > 0).Select(minute => BarOf(traffic, minute, highest))],
        };
    }

    /// <summary>Draws how long requests took: a line each for the half, for 95 and for 99 of a hundred.</summary>
    public static HourChart OfLatencies(string service, Traffic traffic)
    {
        double?[] Line(double part) => [.. traffic.LatenciesByMinute.Select(latencies => latencies.Quantile(part))];
        var (p50, p95, p99) = (Line(0.5), Line(0.95), Line(0.99));
        var highest = p99.Max() ?? 0;
        var all = traffic.Latencies;
        var words = $"How long {service} took to answer over the last hour: half of the answers came within {Figures.Duration(all.Quantile(0.5))}, "
            + $"95 of a hundred within {Figures.Duration(all.Quantile(0.95))}, 99 within {Figures.Duration(all.Quantile(0.99))}.";
        return new HourChart(words, Figures.Duration(highest), Figures.Duration(highest / 2), traffic.From)
        {
            Lines = [("chart-p99", PathOf(p99, highest)), ("chart-p95", PathOf(p95, highest)), ("chart-p50", PathOf(p50, highest))],
        };
    }

    /// <summary>Draws how long a queue was: one line.</summary>
    public static string PathOfQueue(IReadOnlyList<double?> lengths) => PathOf(lengths, lengths.Max() ?? 0);

    /// <summary>A length as SVG takes it.</summary>
    public static string Number(double length) => length.ToString("0.##", CultureInfo.InvariantCulture);

    private static Bar BarOf(Traffic traffic, int minute, double highest)
    {
        double HeightOf(long count) => (Bottom - Top) * (count / 60.0 / highest);
        var (requests, failures) = (traffic.Requests[minute], traffic.Failures[minute]);
        var title = string.Create(
            CultureInfo.InvariantCulture, $"{Figures.Clock(traffic.TimeOf(minute))}: {Figures.Rate(requests / 60.0)} a second, {failures:N0} of {requests:N0} failed");
        return new Bar(Left + ((minute + (Gap / 2)) * Step), Step * (1 - Gap), HeightOf(requests - failures), HeightOf(failures), title);
    }

    // A minute without a value breaks the line; one that stands alone is a short stroke.
    private static string PathOf(IReadOnlyList<double?> values, double highest)
    {
        var path = new StringBuilder();
        for (var minute = 0; minute < values.Count; minute++)
        {
            if (values[minute] is not { } value)
            {
                continue;
            }

            var y = Number(highest == 0 ? Bottom : Bottom - ((Bottom - Top) * (value / highest)));
            var isFirst = minute == 0 || values[minute - 1] is null;
            path.Append(CultureInfo.InvariantCulture, $"{(isFirst ? 'M' : 'L')}{Number(Left + (minute * Step))} {y}H{Number(Left + ((minute + 1) * Step))}");
        }

        return path.ToString();
    }

    /// <summary>The bar of a minute.</summary>
    /// <param name="X">Where it begins.</param>
    /// <param name="Width">How wide it is.</param>
    /// <param name="Answered">How high the part that did not fail is, which stands below.</param>
    /// <param name="Failed">How high the part that failed is.</param>
    /// <param name="Title">What it shows, in words.</param>
    internal sealed record Bar(double X, double Width, double Answered, double Failed, string Title)
    {
        /// <summary>The upper edge of the part that did not fail.</summary>
        public double AnsweredY => Bottom - Answered;

        /// <summary>The upper edge of the part that failed.</summary>
        public double FailedY => Bottom - Answered - Failed;
    }
}
