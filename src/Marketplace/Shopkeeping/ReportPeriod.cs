using System.Globalization;
using BooksForYou.Contracts.Transactions.V1;
using Google.Protobuf.WellKnownTypes;

namespace BooksForYou.Marketplace.Shopkeeping;

/// <summary>The days of a report, in Coordinated Universal Time.</summary>
/// <param name="From">The first day.</param>
/// <param name="Until">The last day.</param>
internal readonly record struct ReportPeriod(DateOnly From, DateOnly Until)
{
    /// <summary>The most days of a report.</summary>
    public const int MostDays = 400;

    private const int DefaultDays = 30;

    /// <summary>The last thirty days.</summary>
    public static ReportPeriod Recent(DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        return new ReportPeriod(today.AddDays(1 - DefaultDays), today);
    }

    /// <summary>Reads the days that somebody has chosen; null when they are none, are the wrong way round, or too many.</summary>
    public static ReportPeriod? Parse(string? from, string? until) =>
        DateOnly.TryParseExact(from, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var first)
        && DateOnly.TryParseExact(until, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var last)
        && last >= first && last.DayNumber - first.DayNumber < MostDays && first.Year > 2000 && last.Year < 2200
            ? new ReportPeriod(first, last)
            : null;

    /// <summary>The report on a promotion in these days.</summary>
    public GetCampaignReportRequest ToRequest(string promotionId) =>
        new() { PromotionId = promotionId, FromTime = BeginningOf(From), UntilTime = BeginningOf(Until.AddDays(1)) };

    /// <summary>A day as forms and addresses have it.</summary>
    public static string Write(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static Timestamp BeginningOf(DateOnly day) => Timestamp.FromDateTime(day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc));
}
