using BooksForYou.Cart.Baskets;
using BooksForYou.Cart.Sales;
using BooksForYou.Contracts.Cart.V1;
using Grpc.Core;
using V1 = BooksForYou.Contracts.Cart.V1;

namespace BooksForYou.Cart;

/// <summary>Serves <c>booksforyou.cart.v1.CartService</c>.</summary>
internal sealed class CartService(
    Shopping shopping, BasketStore baskets, Checkout checkout, Cancellations.Cancellations cancellations, Shop shop)
    : V1.CartService.CartServiceBase
{
    public override async Task<GetBasketResponse> GetBasket(GetBasketRequest request, ServerCallContext context)
    {
        RequestChecks.Visitor(request.VisitorId);
        var (stored, priced) = await shopping.LookAsync(request.VisitorId, context.CancellationToken);
        return new GetBasketResponse { Basket = priced is null ? Message(stored) : Message(priced) };
    }

    public override async Task<AddItemResponse> AddItem(AddItemRequest request, ServerCallContext context)
    {
        RequestChecks.Item(request.VisitorId, request.BookId, request.Quantity);
        return new AddItemResponse
        {
            Quantity = await shopping.AddAsync(request.VisitorId, request.BookId, request.Quantity, context.CancellationToken),
        };
    }

    public override async Task<SetQuantityResponse> SetQuantity(SetQuantityRequest request, ServerCallContext context)
    {
        RequestChecks.Item(request.VisitorId, request.BookId, request.Quantity, least: 0);
        if (request.Quantity == 0)
        {
            await baskets.RemoveAsync(request.VisitorId, request.BookId, context.CancellationToken);
        }
        else if (!await baskets.SetQuantityAsync(request.VisitorId, request.BookId, request.Quantity, context.CancellationToken))
        {
            throw new ServiceKit.Errors.NotFoundException("The book is not in the basket.");
        }

        return new SetQuantityResponse();
    }

    public override async Task<RemoveItemResponse> RemoveItem(RemoveItemRequest request, ServerCallContext context)
    {
        RequestChecks.Item(request.VisitorId, request.BookId);
        await baskets.RemoveAsync(request.VisitorId, request.BookId, context.CancellationToken);
        return new RemoveItemResponse();
    }

    public override async Task<ClearBasketResponse> ClearBasket(ClearBasketRequest request, ServerCallContext context)
    {
        RequestChecks.Visitor(request.VisitorId);
        await baskets.ClearAsync(request.VisitorId, context.CancellationToken);
        return new ClearBasketResponse();
    }

    public override Task<CheckoutResponse> Checkout(CheckoutRequest request, ServerCallContext context)
    {
        RequestChecks.Checkout(request, shop.Currency);
        return checkout.RunAsync(request, context.CancellationToken);
    }

    public override async Task<GetSaleResponse> GetSale(GetSaleRequest request, ServerCallContext context)
    {
        RequestChecks.Sale(request.IdempotencyKey, request.VisitorId);
        var answer = await checkout.FindAnswerAsync(request.IdempotencyKey, request.VisitorId, context.CancellationToken);
        return new GetSaleResponse { Result = answer };
    }

    public override async Task<CancelOrderResponse> CancelOrder(CancelOrderRequest request, ServerCallContext context)
    {
        RequestChecks.Order(request.OrderId);
        return new CancelOrderResponse { Order = await cancellations.CancelAsync(request.OrderId, context.CancellationToken) };
    }

    private static Basket Message(StoredBasket stored) => new()
    {
        Lines = { stored.Items.Select(item => new BasketLine { BookId = item.BookId, Quantity = item.Quantity }) },
        Copies = stored.Items.Sum(item => item.Quantity),
        Version = stored.Version,
    };

    private static Basket Message(PricedBasket priced) => new()
    {
        Lines = { priced.Lines.Select(Message) },
        Total = priced.Total.ToMoney(),
        Copies = priced.Stored.Items.Sum(item => item.Quantity),
        Priced = true,
        Version = priced.Stored.Version,
    };

    private static BasketLine Message(PricedLine line) => new()
    {
        BookId = line.Item.BookId,
        Title = line.Known?.Title ?? "",
        Author = line.Known?.Author ?? "",
        Quantity = line.Item.Quantity,
        UnitPrice = line.Sellable?.Price,
        PreviousUnitPrice = line.PreviousPrice?.ToMoney(),
        Available = line.Available,
        Unavailable = line.Sellable is null,
    };
}
