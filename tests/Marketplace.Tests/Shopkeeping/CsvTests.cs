using BooksForYou.Contracts.Transactions.V1;
using BooksForYou.Marketplace.Shopkeeping;

namespace BooksForYou.Marketplace.Tests.Shopkeeping;

/// <summary>Files for spreadsheets.</summary>
public sealed class CsvTests
{
    [Theory]
    [InlineData("plain", "\"plain\"")]
    [InlineData("", "\"\"")]
    [InlineData("with \"quotes\", commas", "\"with \"\"quotes\"\", commas\"")]
    [InlineData("two\r\nlines", "\"two\r\nlines\"")]
    [InlineData("=1+1", "\"'=1+1\"")]
    [InlineData("+1", "\"'+1\"")]
    [InlineData("-1", "\"'-1\"")]
    [InlineData("@SUM(A1)", "\"'@SUM(A1)\"")]
    [InlineData("\t=1", "\"'\t=1\"")]
    [InlineData("\r=1", "\"'\r=1\"")]
    [InlineData("  =1", "\"'  =1\"")]
    [InlineData("=HYPERLINK(\"http://evil.example\",\"x\")", "\"'=HYPERLINK(\"\"http://evil.example\"\",\"\"x\"\")\"")]
    [InlineData("a=b", "\"a=b\"")]
    public void Add_text_is_quoted_and_never_a_formula(string text, string cell) => Assert.Equal(cell, new Csv().Add(text).ToString());

    [Fact]
    public void Write_report_has_a_line_a_day_and_amounts_as_numbers()
    {
        var report = Reports.Make((2, 2_500, 999, 1, 1_250), (0, 0, 0, 3, 100));

        var lines = CampaignCsv.Write("=cmd|' /C calc'!A0", report).Split("\r\n");

        Assert.Equal(4, lines.Length);
        Assert.Equal("\"promotion\",\"day\",\"orders_with\",\"revenue_with\",\"discount\",\"orders_without\",\"revenue_without\",\"currency\"", lines[0]);
        Assert.Equal("\"'=cmd|' /C calc'!A0\",\"2026-03-01\",2,25.00,9.99,1,12.50,\"EUR\"", lines[1]);
        Assert.Equal("\"'=cmd|' /C calc'!A0\",\"2026-03-02\",0,0.00,0.00,3,1.00,\"EUR\"", lines[2]);
        Assert.Equal("", lines[3]);
    }

    [Fact]
    public void Chart_bars_are_as_high_as_what_they_stand_for()
    {
        var chart = new CampaignChart(Reports.Make((2, 3_000, 500, 1, 1_000), (0, 0, 0, 2, 2_000), (0, 0, 0, 0, 0)));
        const double Plot = CampaignChart.Bottom - CampaignChart.Top;

        Assert.Equal([Plot * 0.75, 0, 0], chart.Bars.Select(bar => bar.With));
        Assert.Equal([Plot * 0.25, Plot * 0.5, 0], chart.Bars.Select(bar => bar.Without));
        Assert.All(chart.Bars, bar => Assert.Equal(CampaignChart.Bottom, bar.WithY + bar.With + bar.Without, 6));
        Assert.Equal(CampaignChart.Top, chart.Bars[0].WithY, 6);
        Assert.Equal("€40.00", chart.Highest);
        Assert.Contains("€30.00 with the promotion, €30.00 without it", chart.Words, StringComparison.Ordinal);
        Assert.True(chart.Bars[^1].X + chart.Bars[^1].Width <= CampaignChart.Width);
    }

    [Fact]
    public void Chart_without_sales_is_flat()
    {
        var chart = new CampaignChart(Reports.Make((0, 0, 0, 0, 0)));

        Assert.All(chart.Bars, bar => Assert.Equal(0, bar.With + bar.Without));
    }

    [Theory]
    [InlineData("2026-01-01", "2026-01-31", true)]
    [InlineData("2026-01-31", "2026-01-31", true)]
    [InlineData("2026-02-01", "2026-01-31", false)]
    [InlineData("2025-01-01", "2026-02-04", true)]
    [InlineData("2025-01-01", "2026-02-05", false)]
    [InlineData("31.1.2026", "2026-01-31", false)]
    [InlineData("", "2026-01-31", false)]
    [InlineData("0001-01-01", "0001-01-02", false)]
    public void ReportPeriod_days_are_taken_when_they_are_some(string from, string until, bool isTaken) =>
        Assert.Equal(isTaken, ReportPeriod.Parse(from, until) is not null);

    [Theory]
    [InlineData("18.99", 1899L)]
    [InlineData("18,99", 1899L)]
    [InlineData("0", 0L)]
    [InlineData("7.5", 750L)]
    [InlineData("18.999", null)]
    [InlineData("-1", null)]
    [InlineData("1e3", null)]
    [InlineData("1,000.00", null)]
    [InlineData("", null)]
    [InlineData("99999999999999999999999999999", null)]
    public void Amount_as_typed_is_hundredths_or_nothing(string text, long? cents) => Assert.Equal(cents, Amount.Parse(text));

    private static class Reports
    {
        public static GetCampaignReportResponse Make(params (long Orders, long Cents, long Discount, long Others, long OtherCents)[] days)
        {
            var report = new GetCampaignReportResponse { Currency = "EUR", WithPromotion = new OrderSums(), WithoutPromotion = new OrderSums() };
            foreach (var (orders, cents, discount, others, otherCents) in days)
            {
                report.Days.Add(new CampaignDay
                {
                    Day = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTime(new DateTime(2026, 3, 1 + report.Days.Count, 0, 0, 0, DateTimeKind.Utc)),
                    WithPromotion = new OrderSums { Orders = orders, RevenueCents = cents, DiscountCents = discount },
                    WithoutPromotion = new OrderSums { Orders = others, RevenueCents = otherCents },
                });
                report.WithPromotion.RevenueCents += cents;
                report.WithoutPromotion.RevenueCents += otherCents;
            }

            return report;
        }
    }
}
