using System.Globalization;
using BooksForYou.Contracts.Transactions.V1;
using BooksForYou.ServiceKit.Errors;
using Google.Protobuf.WellKnownTypes;

namespace BooksForYou.Transactions.Reports;

/// <summary>Reckons what a promotion has brought, by day of Coordinated Universal Time.</summary>
internal sealed class CampaignReports(CampaignReportStore store, ShopSettings shop)
{
    private const int MaxDays = 400;
    private const int LongestId = 100;
    private const int Whole = 10_000;

    /// <summary>Reckons the report of a promotion: every day asked for, and all of them together.</summary>
    /// <exception cref="InvalidArgumentException">The promotion or the days cannot be right.</exception>
    public async Task<GetCampaignReportResponse> ReckonAsync(GetCampaignReportRequest request, CancellationToken cancellationToken)
    {
        var (since, until) = Check(request);
        var sums = (await store.SumAsync(request.PromotionId, since, until, cancellationToken)).ToLookup(row => row.Day);
        var response = new GetCampaignReportResponse { Currency = shop.Currency };
        for (var day = since; day < until; day = day.AddDays(1))
        {
            var rows = sums[day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)].ToList();
            response.Days.Add(new CampaignDay
            {
                Day = Timestamp.FromDateTimeOffset(day),
                WithPromotion = Sum(rows.Where(row => row.IsWith)),
                WithoutPromotion = Sum(rows.Where(row => !row.IsWith)),
            });
        }

        var all = sums.SelectMany(rows => rows).ToList();
        response.WithPromotion = Sum(all.Where(row => row.IsWith));
        response.WithoutPromotion = Sum(all.Where(row => !row.IsWith));
        response.UpliftBasisPoints = Uplift(response.WithPromotion, response.WithoutPromotion);
        return response;
    }

    /// <summary>By how much the average order of the one kind is above that of the other, in hundredths of a percent, halves rounded up.</summary>
    internal static long Uplift(OrderSums with, OrderSums without)
    {
        if (with.Orders == 0 || without.Orders == 0)
        {
            return 0;
        }

        // (with / orders) / (without / orders) - 1, in whole numbers that do not overflow.
        var other = (Int128)without.RevenueCents * with.Orders;
        var above = ((Int128)with.RevenueCents * without.Orders) - other;
        var doubled = (above * Whole * 2) + other;
        var (quotient, remainder) = Int128.DivRem(doubled, other * 2);
        return (long)(remainder < 0 ? quotient - 1 : quotient);
    }

    private static OrderSums Sum(IEnumerable<SumsRow> rows)
    {
        var sums = new OrderSums();
        foreach (var row in rows)
        {
            sums.Orders += row.Orders;
            sums.RevenueCents += row.RevenueCents;
            sums.DiscountCents += row.DiscountCents;
        }

        return sums;
    }

    private static (DateTimeOffset Since, DateTimeOffset Until) Check(GetCampaignReportRequest request)
    {
        var violations = new List<FieldViolation>();
        if (request.PromotionId.Length is 0 or > LongestId || request.PromotionId.Any(char.IsControl))
        {
            violations.Add(new("promotion_id", "must be the id of a promotion"));
        }

        var since = DayOf(violations, "from_time", request.FromTime);
        var until = DayOf(violations, "until_time", request.UntilTime);
        if (violations.Count == 0 && (until <= since || until > since.AddDays(MaxDays)))
        {
            violations.Add(new("until_time", $"must be 1 to {MaxDays} days after from_time"));
        }

        return violations.Count == 0 ? (since, until) : throw new InvalidArgumentException([.. violations]);
    }

    private static DateTimeOffset DayOf(List<FieldViolation> violations, string field, Timestamp? time)
    {
        const long SecondsADay = 24 * 60 * 60;
        const long FirstYear9000 = 221_845_392_000;
        if (time is { Nanos: 0, Seconds: >= 0 and < FirstYear9000 } && time.Seconds % SecondsADay == 0)
        {
            return time.ToDateTimeOffset();
        }

        violations.Add(new(field, "must be the beginning of a day in Coordinated Universal Time"));
        return default;
    }
}
