using BooksForYou.Contracts.Accounts.V1;
using BooksForYou.Contracts.Cart.V1;
using BooksForYou.Marketplace.Shopkeeping;
using Microsoft.AspNetCore.Mvc;

namespace BooksForYou.Marketplace.Pages.Admin;

/// <summary>How far a campaign is: customers that were looked at, mails that wait, are sent or were given up. The page looks again by itself.</summary>
internal sealed class CampaignModel(PromotionDesk desk, MailRoom mail) : AdminPageModel
{
    /// <summary>The campaign; null while it cannot be looked up.</summary>
    public Campaign? Campaign { get; private set; }

    /// <summary>Its mails; null while that is not known.</summary>
    public GetCampaignMailResponse? Mail { get; private set; }

    /// <summary>Whether there is more to come.</summary>
    public bool IsUnderWay => Away.Count > 0 || Campaign is { Done: false } || Mail is { Waiting: > 0 };

    public async Task<IActionResult> OnGetAsync(string id)
    {
        var mails = mail.FindCampaignAsync(HttpContext, id);
        var answer = await desk.FindCampaignAsync(HttpContext, id);
        Mail = Take(await mails, "Accounts");
        Campaign = Take(answer, "Cart");
        return answer.IsRefused ? NotFound() : Page();
    }
}
