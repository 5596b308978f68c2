using BooksForYou.Contracts.Cart.V1;
using BooksForYou.Marketplace.Peers;
using BooksForYou.Marketplace.People;
using Grpc.Core;
using Microsoft.Extensions.Options;

namespace BooksForYou.Marketplace.Shopping;

/// <summary>The baskets of visitors and customers, which Cart keeps. Whose basket it is, the request says.</summary>
internal sealed class Baskets(
    CartService.CartServiceClient cart,
    [FromKeyedServices(PeerNames.Cart)] Peer peer,
    Sessions sessions,
    IOptions<MarketplaceOptions> options)
{
    /// <summary>The most copies of one book.</summary>
    public const int MostCopies = 99;

    /// <summary>Whether Cart is known to be away.</summary>
    public bool IsAway => peer.IsAway;

    private TimeSpan Deadline => options.Value.BasketDeadline;

    /// <summary>A basket with the prices of now.</summary>
    public async Task<Answer<Basket>> GetAsync(HttpContext context)
    {
        var answer = await AskAsync(context, (bearer, call) => cart.GetBasketAsync(new GetBasketRequest { VisitorId = bearer.VisitorId }, call));
        return answer.Select(response => response.Basket);
    }

    /// <summary>Adds copies of a book; refused when the basket is full or there is no such book.</summary>
    public Task<Answer<AddItemResponse>> AddAsync(HttpContext context, int book, int copies) => AskAsync(
        context,
        (bearer, call) => cart.AddItemAsync(new AddItemRequest { VisitorId = bearer.VisitorId, BookId = book, Quantity = copies }, call));

    /// <summary>Sets how many copies of a book are in the basket; refused when the book is not in it.</summary>
    public Task<Answer<SetQuantityResponse>> SetAsync(HttpContext context, int book, int copies) => AskAsync(
        context,
        (bearer, call) => cart.SetQuantityAsync(new SetQuantityRequest { VisitorId = bearer.VisitorId, BookId = book, Quantity = copies }, call));

    /// <summary>Asks whether Cart is back. Told that one may not ask, one knows as well.</summary>
    public async Task ProbeAsync(CancellationToken cancellation)
    {
        var headers = await sessions.AnybodysHeadersAsync(cancellation);
        await peer.ProbeAsync(call => cart.GetBasketAsync(new GetBasketRequest(), call.WithHeaders(headers)), Deadline, cancellation);
    }

    private async Task<Answer<T>> AskAsync<T>(HttpContext context, Func<Bearer, CallOptions, AsyncUnaryCall<T>> call)
        where T : class
    {
        var bearer = await sessions.BearerAsync(context);
        return await peer.AskAsync(options => call(bearer!, options), bearer?.Headers, Deadline, context.RequestAborted);
    }
}
