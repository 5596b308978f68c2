using BooksForYou.Contracts.Cart.V1;
using BooksForYou.Marketplace.Peers;
using Microsoft.Extensions.Options;

namespace BooksForYou.Marketplace.Shopping;

/// <summary>The baskets of visitors, which Cart keeps.</summary>
internal sealed class Baskets(
    CartService.CartServiceClient cart,
    [FromKeyedServices(PeerNames.Cart)] Peer peer,
    IOptions<MarketplaceOptions> options)
{
    /// <summary>The most copies of one book.</summary>
    public const int MostCopies = 99;

    // No cookie is like it: whether Cart is back is asked with the basket of nobody.
    private static readonly string Nobody = new('-', 22);

    /// <summary>Whether Cart is known to be away.</summary>
    public bool IsAway => peer.IsAway;

    private TimeSpan Deadline => options.Value.BasketDeadline;

    /// <summary>A basket with the prices of now.</summary>
    public async Task<Answer<Basket>> GetAsync(string visitor, CancellationToken cancellation)
    {
        var request = new GetBasketRequest { VisitorId = visitor };
        var answer = await peer.AskAsync(call => cart.GetBasketAsync(request, call), Deadline, cancellation);
        return answer.Select(response => response.Basket);
    }

    /// <summary>Adds copies of a book; refused when the basket is full or there is no such book.</summary>
    public Task<Answer<AddItemResponse>> AddAsync(string visitor, int book, int copies, CancellationToken cancellation)
    {
        var request = new AddItemRequest { VisitorId = visitor, BookId = book, Quantity = copies };
        return peer.AskAsync(call => cart.AddItemAsync(request, call), Deadline, cancellation);
    }

    /// <summary>Sets how many copies of a book are in the basket; refused when the book is not in it.</summary>
    public Task<Answer<SetQuantityResponse>> SetAsync(string visitor, int book, int copies, CancellationToken cancellation)
    {
        var request = new SetQuantityRequest { VisitorId = visitor, BookId = book, Quantity = copies };
        return peer.AskAsync(call => cart.SetQuantityAsync(request, call), Deadline, cancellation);
    }

    /// <summary>Asks whether Cart is back.</summary>
    public Task ProbeAsync(CancellationToken cancellation) =>
        peer.ProbeAsync(call => cart.GetBasketAsync(new GetBasketRequest { VisitorId = Nobody }, call), Deadline, cancellation);
}
