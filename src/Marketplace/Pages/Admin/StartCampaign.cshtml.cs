using BooksForYou.Contracts.Cart.V1;
using BooksForYou.Marketplace.Shopkeeping;
using BooksForYou.Marketplace.Web;
using Microsoft.AspNetCore.Mvc;

namespace BooksForYou.Marketplace.Pages.Admin;

/// <summary>A campaign is filled in, looked at once more, and started: mails that are sent cannot be taken back.</summary>
internal sealed class StartCampaignModel(PromotionDesk desk, TimeProvider clock) : AdminPageModel
{
    /// <summary>What is filled in.</summary>
    [BindProperty]
    public CampaignForm Form { get; set; } = new();

    /// <summary>The promotions that there can be mails about.</summary>
    public IReadOnlyList<Promotion> Promotions { get; private set; } = [];

    /// <summary>Whether the campaign is shown for a last look.</summary>
    public bool IsLastLook { get; private set; }

    /// <summary>The promotion that is chosen.</summary>
    public Promotion? Promotion => Promotions.FirstOrDefault(one => one.PromotionId == Form.Promotion);

    /// <summary>Whether customers can use the promotion now.</summary>
    public bool IsPromotionOn => Promotion is { } chosen && PromotionWords.StateOf(chosen, clock.GetUtcNow()) == "on";

    public async Task OnGetAsync(string? promotion)
    {
        Form.Key = NewKey();
        Form.Promotion = promotion ?? "";
        await ShowAsync();
    }

    /// <summary>The last look before it is started.</summary>
    public async Task<IActionResult> OnPostLookAsync()
    {
        await CheckAsync();
        IsLastLook = Problems.IsEmpty && Away.Count == 0;
        return Page();
    }

    /// <summary>Back from the last look to the form.</summary>
    public async Task<IActionResult> OnPostEditAsync()
    {
        await ShowAsync();
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await CheckAsync();
        if (!Problems.IsEmpty || Away.Count > 0)
        {
            return Page();
        }

        var answer = await desk.StartCampaignAsync(HttpContext, Form.ToRequest());
        if (IsDone(answer, "Cart", CampaignForm.Fields))
        {
            return new SeeOther($"/admin/campaigns/{answer.Value!.Campaign.CampaignId}");
        }

        if (answer.Refusal?.Code == Grpc.Core.StatusCode.AlreadyExists)
        {
            Form.Key = NewKey();
        }

        return Page();
    }

    // Letters, digits and hyphens, as the contract has it.
    private static string NewKey() => Guid.NewGuid().ToString("N");

    private async Task CheckAsync()
    {
        await ShowAsync();
        Form.Check(Problems);
        Form.Key = Guid.TryParseExact(Form.Key, "N", out _) ? Form.Key : NewKey();
        if (Away.Count == 0 && Form.Promotion.Length > 0 && Promotion is null)
        {
            Problems.Add("Form.Promotion", "There is no such promotion any more.");
        }
    }

    private async Task ShowAsync() => Promotions = Take(await desk.ListAsync(HttpContext), "Cart") ?? [];
}
