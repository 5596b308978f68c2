using BooksForYou.Contracts.Cart.V1;
using BooksForYou.Marketplace.Peers;

namespace BooksForYou.Marketplace.Shopkeeping;

/// <summary>Promotions, and campaigns that tell customers of them.</summary>
internal sealed class PromotionDesk(CartService.CartServiceClient cart, AdminCalls calls)
{
    /// <summary>All promotions, the newest first.</summary>
    public async Task<Answer<IReadOnlyList<Promotion>>> ListAsync(HttpContext http)
    {
        var answer = await calls.AskAsync(http, PeerNames.Cart, call => cart.ListPromotionsAsync(new ListPromotionsRequest(), call));
        return answer.Select(response => (IReadOnlyList<Promotion>)response.Promotions);
    }

    /// <summary>A promotion; refused when there is none of that id.</summary>
    public async Task<Answer<Promotion>> FindAsync(HttpContext http, string promotionId)
    {
        var all = await ListAsync(http);
        return all.Value is { } promotions
            ? promotions.FirstOrDefault(promotion => promotion.PromotionId == promotionId) is { } found ? new(found, IsRefused: false) : Answer<Promotion>.Refused
            : new Answer<Promotion>(null, all.IsRefused, all.Refusal);
    }

    /// <summary>Creates a promotion; the same key creates it once.</summary>
    public Task<Answer<CreatePromotionResponse>> CreateAsync(HttpContext http, string key, Promotion promotion)
    {
        var request = new CreatePromotionRequest { IdempotencyKey = key, Promotion = promotion };
        return calls.AskAsync(http, PeerNames.Cart, call => cart.CreatePromotionAsync(request, call));
    }

    /// <summary>Changes a promotion.</summary>
    public Task<Answer<UpdatePromotionResponse>> UpdateAsync(HttpContext http, Promotion promotion) =>
        calls.AskAsync(http, PeerNames.Cart, call => cart.UpdatePromotionAsync(new UpdatePromotionRequest { Promotion = promotion }, call));

    /// <summary>All campaigns, the newest first.</summary>
    public Task<Answer<ListCampaignsResponse>> ListCampaignsAsync(HttpContext http) =>
        calls.AskAsync(http, PeerNames.Cart, call => cart.ListCampaignsAsync(new ListCampaignsRequest(), call));

    /// <summary>A campaign.</summary>
    public async Task<Answer<Campaign>> FindCampaignAsync(HttpContext http, string campaignId)
    {
        var request = new GetCampaignRequest { CampaignId = campaignId };
        var answer = await calls.AskAsync(http, PeerNames.Cart, call => cart.GetCampaignAsync(request, call));
        return answer.Select(response => response.Campaign);
    }

    /// <summary>Starts a campaign; the same id starts it once. It goes on by itself.</summary>
    public Task<Answer<StartCampaignResponse>> StartCampaignAsync(HttpContext http, StartCampaignRequest request) =>
        calls.AskAsync(http, PeerNames.Cart, call => cart.StartCampaignAsync(request, call));
}
