using BooksForYou.Contracts.Transactions.V1;
using BooksForYou.Marketplace.Peers;
using BooksForYou.Marketplace.People;
using Microsoft.Extensions.Options;

namespace BooksForYou.Marketplace.Shopping;

/// <summary>
/// The orders, which Transactions keeps. A guest's is seen by whoever has its number, which cannot be guessed; a customer's by the customer.
/// </summary>
internal sealed class OrderArchive(
    TransactionsService.TransactionsServiceClient transactions,
    [FromKeyedServices(PeerNames.Transactions)] Peer peer,
    Sessions sessions,
    IOptions<MarketplaceOptions> options)
{
    // Of the length of a number, and the number of no order: whether Transactions is back is asked with it.
    private static readonly string Nothing = new('0', 26);

    /// <summary>Whether Transactions is known to be away.</summary>
    public bool IsAway => peer.IsAway;

    /// <summary>An order; refused when there is none of that number that may be seen.</summary>
    public async Task<Answer<Order>> GetAsync(HttpContext context, string orderId)
    {
        var headers = await sessions.HeadersAsync(context);
        var request = new GetOrderRequest { OrderId = orderId };
        var answer = await peer.AskAsync(call => transactions.GetOrderAsync(request, call), headers, options.Value.BasketDeadline, context.RequestAborted);
        return answer.Select(response => response.Order);
    }

    /// <summary>A page of the orders of whoever is signed in; refused when the page token is none of theirs.</summary>
    public async Task<Answer<ListMyOrdersResponse>> ListMineAsync(HttpContext context, string pageToken, int pageSize = 0)
    {
        var headers = await sessions.HeadersAsync(context);
        var request = new ListMyOrdersRequest { PageSize = pageSize, PageToken = pageToken };
        return await peer.AskAsync(call => transactions.ListMyOrdersAsync(request, call), headers, options.Value.BasketDeadline, context.RequestAborted);
    }

    /// <summary>Makes orders that were placed with the address of whoever is signed in theirs.</summary>
    public async Task<Answer<ClaimOrdersResponse>> ClaimAsync(HttpContext context)
    {
        var headers = await sessions.HeadersAsync(context);
        var request = new ClaimOrdersRequest();
        return await peer.AskAsync(call => transactions.ClaimOrdersAsync(request, call), headers, options.Value.BasketDeadline, context.RequestAborted);
    }

    /// <summary>Asks whether Transactions is back. Told that one may not ask, one knows as well.</summary>
    public async Task ProbeAsync(CancellationToken cancellation)
    {
        var headers = await sessions.AnybodysHeadersAsync(cancellation);
        var request = new GetOrderRequest { OrderId = Nothing };
        await peer.ProbeAsync(call => transactions.GetOrderAsync(request, call.WithHeaders(headers)), options.Value.BasketDeadline, cancellation);
    }
}
