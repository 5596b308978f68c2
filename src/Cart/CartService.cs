using BooksForYou.Cart.Baskets;
using BooksForYou.Cart.Promotions;
using BooksForYou.Cart.Sales;
using BooksForYou.Contracts.Cart.V1;
using BooksForYou.ServiceKit.Errors;
using BooksForYou.ServiceKit.Security;
using Grpc.Core;
using V1 = BooksForYou.Contracts.Cart.V1;

namespace BooksForYou.Cart;

/// <summary>Serves <c>booksforyou.cart.v1.CartService</c>. Baskets and sales are those of the caller, as the token says.</summary>
internal sealed partial class CartService(
    Shopping shopping,
    BasketStore baskets,
    Checkout checkout,
    Cancellations.Cancellations cancellations,
    Offers offers,
    PromotionStore promotions,
    PromotionBook promotionBook,
    Campaigns.Campaigns campaigns,
    Shop shop)
    : V1.CartService.CartServiceBase
{
    public override async Task<GetBasketResponse> GetBasket(GetBasketRequest request, ServerCallContext context)
    {
        RequestChecks.Visitor(request.VisitorId);
        var owner = OwnerOf(context, request.VisitorId);
        var (stored, priced) = await shopping.LookAsync(owner, context.CancellationToken);
        return new GetBasketResponse { Basket = priced is null ? ContractMapping.ToContract(stored) : ContractMapping.ToContract(priced) };
    }

    public override async Task<AddItemResponse> AddItem(AddItemRequest request, ServerCallContext context)
    {
        RequestChecks.Item(request.VisitorId, request.BookId, request.Quantity);
        var owner = OwnerOf(context, request.VisitorId).Subject;
        return new AddItemResponse
        {
            Quantity = await shopping.AddAsync(owner, request.BookId, request.Quantity, context.CancellationToken),
        };
    }

    public override async Task<SetQuantityResponse> SetQuantity(SetQuantityRequest request, ServerCallContext context)
    {
        RequestChecks.Item(request.VisitorId, request.BookId, request.Quantity, least: 0);
        var owner = OwnerOf(context, request.VisitorId).Subject;
        if (request.Quantity == 0)
        {
            await baskets.RemoveAsync(owner, request.BookId, context.CancellationToken);
        }
        else if (!await baskets.SetQuantityAsync(owner, request.BookId, request.Quantity, context.CancellationToken))
        {
            throw new NotFoundException("The book is not in the basket.");
        }

        return new SetQuantityResponse();
    }

    public override async Task<RemoveItemResponse> RemoveItem(RemoveItemRequest request, ServerCallContext context)
    {
        RequestChecks.Item(request.VisitorId, request.BookId);
        var owner = OwnerOf(context, request.VisitorId).Subject;
        await baskets.RemoveAsync(owner, request.BookId, context.CancellationToken);
        return new RemoveItemResponse();
    }

    public override async Task<ClearBasketResponse> ClearBasket(ClearBasketRequest request, ServerCallContext context)
    {
        RequestChecks.Visitor(request.VisitorId);
        await baskets.ClearAsync(OwnerOf(context, request.VisitorId).Subject, context.CancellationToken);
        return new ClearBasketResponse();
    }

    public override async Task<MergeBasketResponse> MergeBasket(MergeBasketRequest request, ServerCallContext context)
    {
        RequestChecks.Merge(request.VisitorId);
        var owner = Caller.Of(context).Subject;
        return new MergeBasketResponse { Copies = await shopping.MergeAsync(request.VisitorId, owner, context.CancellationToken) };
    }

    public override Task<CheckoutResponse> Checkout(CheckoutRequest request, ServerCallContext context)
    {
        RequestChecks.Checkout(request, shop.Currency);
        return checkout.RunAsync(request, OwnerOf(context, request.VisitorId), context.CancellationToken);
    }

    public override async Task<GetSaleResponse> GetSale(GetSaleRequest request, ServerCallContext context)
    {
        RequestChecks.Sale(request.IdempotencyKey, request.VisitorId);
        var owner = OwnerOf(context, request.VisitorId).Subject;
        var answer = await checkout.FindAnswerAsync(request.IdempotencyKey, owner, context.CancellationToken);
        return new GetSaleResponse { Result = answer };
    }

    public override async Task<CancelOrderResponse> CancelOrder(CancelOrderRequest request, ServerCallContext context)
    {
        RequestChecks.Order(request.OrderId);
        return new CancelOrderResponse { Order = await cancellations.CancelAsync(request.OrderId, context.CancellationToken) };
    }

    // A request that names somebody else was meant for another basket than the one that it would reach.
    private static Caller OwnerOf(ServerCallContext context, string visitorId)
    {
        var caller = Caller.Of(context);
        return visitorId.Length == 0 || visitorId == caller.Subject
            ? caller
            : throw new PermissionDeniedException("The basket belongs to somebody else.");
    }
}
