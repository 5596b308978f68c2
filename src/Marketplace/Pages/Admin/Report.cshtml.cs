using System.Globalization;
using System.Text;
using BooksForYou.Contracts.Cart.V1;
using BooksForYou.Contracts.Transactions.V1;
using BooksForYou.Marketplace.Shopkeeping;
using Microsoft.AspNetCore.Mvc;

namespace BooksForYou.Marketplace.Pages.Admin;

/// <summary>What a promotion has brought in some days: as a chart, as a table, and as CSV.</summary>
internal sealed class CampaignReportModel(PromotionDesk promotions, OrderDesk orders, TimeProvider clock) : AdminPageModel
{
    /// <summary>The promotions that there is a report on.</summary>
    public IReadOnlyList<Promotion> Promotions { get; private set; } = [];

    /// <summary>The one that the report is on; null when there is none.</summary>
    public Promotion? Promotion { get; private set; }

    /// <summary>The days of the report.</summary>
    public ReportPeriod Period { get; private set; }

    /// <summary>The report; null when there is none to show.</summary>
    public GetCampaignReportResponse? Report { get; private set; }

    /// <summary>The report as a picture.</summary>
    public CampaignChart? Chart { get; private set; }

    /// <summary>By how much the average order with the promotion is above that without it.</summary>
    public string Uplift => Report is not { WithPromotion.Orders: > 0, WithoutPromotion.Orders: > 0 }
        ? "–"
        : (Report.UpliftBasisPoints / 100m).ToString("+0.##;−0.##;0", CultureInfo.InvariantCulture) + "\u00a0%";

    /// <summary>The address of the report as CSV.</summary>
    public string CsvHref =>
        $"/admin/report?handler=Csv&promotion={Uri.EscapeDataString(Promotion!.PromotionId)}&from={ReportPeriod.Write(Period.From)}&until={ReportPeriod.Write(Period.Until)}";

    public async Task<IActionResult> OnGetAsync(string? promotion, string? from, string? until)
    {
        await LookAsync(promotion, from, until);
        Chart = Report is null ? null : new CampaignChart(Report);
        return Page();
    }

    public async Task<IActionResult> OnGetCsvAsync(string? promotion, string? from, string? until)
    {
        await LookAsync(promotion, from, until);
        if (Report is null || !Problems.IsEmpty)
        {
            return Away.Count > 0 ? StatusCode(StatusCodes.Status503ServiceUnavailable) : NotFound();
        }

        var csv = CampaignCsv.Write(Promotion!.Name, Report);
        return File(Encoding.UTF8.GetBytes(csv), "text/csv; charset=utf-8", $"campaign-{ReportPeriod.Write(Period.From)}-{ReportPeriod.Write(Period.Until)}.csv");
    }

    private async Task LookAsync(string? promotion, string? from, string? until)
    {
        var recent = ReportPeriod.Recent(clock.GetUtcNow());
        var chosen = ReportPeriod.Parse(from ?? ReportPeriod.Write(recent.From), until ?? ReportPeriod.Write(recent.Until));
        Period = chosen ?? recent;
        if (chosen is null)
        {
            Problems.General = $"Choose a first day and a last day, at most {ReportPeriod.MostDays} days. These are the last thirty.";
        }

        Promotions = Take(await promotions.ListAsync(HttpContext), "Cart") ?? [];
        Promotion = Promotions.FirstOrDefault(one => promotion is null || one.PromotionId == promotion);
        if (Promotion is not null)
        {
            var answer = await orders.ReportAsync(HttpContext, Period.ToRequest(Promotion.PromotionId));
            Report = Take(answer, "Transactions");
            if (answer.IsRefused)
            {
                Problems.Add(answer.Refusal, []);
            }
        }
    }
}
