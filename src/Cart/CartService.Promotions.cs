using BooksForYou.Cart.Promotions;
using BooksForYou.Contracts.Cart.V1;
using Grpc.Core;

namespace BooksForYou.Cart;

/// <summary>Promotions and their campaigns.</summary>
internal sealed partial class CartService
{
    public override async Task<ListOffersResponse> ListOffers(ListOffersRequest request, ServerCallContext context) =>
        new() { Offers = { (await offers.ListAsync(context.CancellationToken)).Select(PromotionMapping.ToContract) } };

    public override async Task<ListPromotionsResponse> ListPromotions(ListPromotionsRequest request, ServerCallContext context) =>
        new() { Promotions = { (await promotions.ListAsync(context.CancellationToken)).Select(PromotionMapping.ToContract) } };

    public override Task<CreatePromotionResponse> CreatePromotion(CreatePromotionRequest request, ServerCallContext context) =>
        promotionBook.CreateAsync(request, context.CancellationToken);

    public override async Task<UpdatePromotionResponse> UpdatePromotion(UpdatePromotionRequest request, ServerCallContext context) =>
        new() { Promotion = await promotionBook.UpdateAsync(request.Promotion, context.CancellationToken) };

    public override async Task<StartCampaignResponse> StartCampaign(StartCampaignRequest request, ServerCallContext context) =>
        new() { Campaign = (await campaigns.StartAsync(request, context.CancellationToken)).ToContract() };

    public override async Task<GetCampaignResponse> GetCampaign(GetCampaignRequest request, ServerCallContext context) =>
        new() { Campaign = (await campaigns.FindAsync(request.CampaignId, context.CancellationToken)).ToContract() };

    public override async Task<ListCampaignsResponse> ListCampaigns(ListCampaignsRequest request, ServerCallContext context) =>
        new() { Campaigns = { (await campaigns.ListAsync(context.CancellationToken)).Select(campaign => campaign.ToContract()) } };
}
