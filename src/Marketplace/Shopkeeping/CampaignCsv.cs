using BooksForYou.Contracts.Transactions.V1;

namespace BooksForYou.Marketplace.Shopkeeping;

/// <summary>A campaign report as CSV: a line a day, amounts in the currency of the last column.</summary>
internal static class CampaignCsv
{
    private static readonly string[] Heads =
    [
        "promotion", "day", "orders_with", "revenue_with", "discount", "orders_without", "revenue_without", "currency",
    ];

    /// <summary>Writes a report.</summary>
    /// <param name="promotion">The name of the promotion.</param>
    /// <param name="report">The report.</param>
    public static string Write(string promotion, GetCampaignReportResponse report)
    {
        var csv = new Csv();
        foreach (var head in Heads)
        {
            csv.Add(head);
        }

        csv.End();
        foreach (var day in report.Days)
        {
            var (with, without) = (day.WithPromotion ?? new OrderSums(), day.WithoutPromotion ?? new OrderSums());
            csv.Add(promotion).Add(CampaignChart.DayOf(day))
                .Add(with.Orders).AddCents(with.RevenueCents).AddCents(with.DiscountCents)
                .Add(without.Orders).AddCents(without.RevenueCents)
                .Add(report.Currency).End();
        }

        return csv.ToString();
    }
}
