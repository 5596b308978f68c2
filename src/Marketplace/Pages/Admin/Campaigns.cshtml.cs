using BooksForYou.Contracts.Cart.V1;
using BooksForYou.Marketplace.Shopkeeping;

namespace BooksForYou.Marketplace.Pages.Admin;

/// <summary>The campaigns that there were, the newest first.</summary>
internal sealed class CampaignsModel(PromotionDesk desk) : AdminPageModel
{
    /// <summary>The campaigns.</summary>
    public IReadOnlyList<Campaign> Campaigns { get; private set; } = [];

    public async Task OnGetAsync() => Campaigns = Take(await desk.ListCampaignsAsync(HttpContext), "Cart")?.Campaigns ?? [];
}
