using System.Globalization;
using BooksForYou.Contracts.Transactions.V1;
using BooksForYou.Marketplace.Shopping;

namespace BooksForYou.Marketplace.Shopkeeping;

/// <summary>The chart of a campaign report: a bar a day, revenue with the promotion upon revenue without it. It says in words what it shows.</summary>
internal sealed class CampaignChart
{
    /// <summary>The size of the drawing.</summary>
    public const int Width = 800;
    public const int Height = 260;

    /// <summary>Where the bars stand: to the right of the amounts, below the margin, above the days.</summary>
    public const int Left = 90;
    public const int Top = 15;
    public const int Bottom = 220;

    private const double Gap = 0.2;

    public CampaignChart(GetCampaignReportResponse report)
    {
        var days = report.Days;
        var highest = days.Count == 0 ? 0 : days.Max(day => Revenue(day.WithPromotion) + Revenue(day.WithoutPromotion));
        var step = days.Count == 0 ? 0 : (Width - Left) / (double)days.Count;
        Highest = Prices.Format(highest, report.Currency);
        Half = Prices.Format(highest / 2, report.Currency);
        Bars = [.. days.Select((day, index) => Draw(day, Left + (index * step), step, highest, report.Currency))];
        First = days.Count == 0 ? "" : DayOf(days[0]);
        Last = days.Count == 0 ? "" : DayOf(days[^1]);
        Words = days.Count == 0
            ? "No days."
            : $"Revenue by day from {First} to {Last}: {Prices.Format(Revenue(report.WithPromotion), report.Currency)} with the promotion, "
                + $"{Prices.Format(Revenue(report.WithoutPromotion), report.Currency)} without it. The highest day came to {Highest}.";
    }

    /// <summary>The amount at the top.</summary>
    public string Highest { get; }

    /// <summary>The amount half way up.</summary>
    public string Half { get; }

    /// <summary>The first day.</summary>
    public string First { get; }

    /// <summary>The last day.</summary>
    public string Last { get; }

    /// <summary>What the chart shows, for those who do not see it.</summary>
    public string Words { get; }

    /// <summary>The bars, a day each.</summary>
    public IReadOnlyList<Bar> Bars { get; }

    /// <summary>A length as SVG takes it.</summary>
    public static string Number(double length) => length.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>A day as the report writes it.</summary>
    public static string DayOf(CampaignDay day) => day.Day.ToDateTime().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static long Revenue(OrderSums? sums) => sums?.RevenueCents ?? 0;

    private static Bar Draw(CampaignDay day, double x, double step, long highest, string currency)
    {
        double HeightOf(long cents) => highest == 0 ? 0 : (Bottom - Top) * (cents / (double)highest);
        var (with, without) = (Revenue(day.WithPromotion), Revenue(day.WithoutPromotion));
        var title = $"{DayOf(day)}: {Prices.Format(with, currency)} with, {Prices.Format(without, currency)} without";
        return new Bar(x + (step * Gap / 2), step * (1 - Gap), HeightOf(with), HeightOf(without), title);
    }

    /// <summary>The bar of a day.</summary>
    /// <param name="X">Where it begins.</param>
    /// <param name="Width">How wide it is.</param>
    /// <param name="With">How high the part with the promotion is.</param>
    /// <param name="Without">How high the part without it is, which stands below.</param>
    /// <param name="Title">What it shows, in words.</param>
    internal sealed record Bar(double X, double Width, double With, double Without, string Title)
    {
        /// <summary>The upper edge of the part without the promotion.</summary>
        public double WithoutY => Bottom - Without;

        /// <summary>The upper edge of the part with it.</summary>
        public double WithY => Bottom - Without - With;
    }
}
