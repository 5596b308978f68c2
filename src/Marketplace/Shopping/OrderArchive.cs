using BooksForYou.Contracts.Transactions.V1;
using BooksForYou.Marketplace.Peers;
using Microsoft.Extensions.Options;

namespace BooksForYou.Marketplace.Shopping;

/// <summary>The orders, which Transactions keeps. Their numbers cannot be guessed: who has one may see the order.</summary>
internal sealed class OrderArchive(
    TransactionsService.TransactionsServiceClient transactions,
    [FromKeyedServices(PeerNames.Transactions)] Peer peer,
    IOptions<MarketplaceOptions> options)
{
    // Of the length of a number, and the number of no order: whether Transactions is back is asked with it.
    private static readonly string Nothing = new('0', 26);

    /// <summary>Whether Transactions is known to be away.</summary>
    public bool IsAway => peer.IsAway;

    /// <summary>An order; refused when there is none of that number.</summary>
    public async Task<Answer<Order>> GetAsync(string orderId, CancellationToken cancellation)
    {
        var request = new GetOrderRequest { OrderId = orderId };
        var answer = await peer.AskAsync(call => transactions.GetOrderAsync(request, call), options.Value.BasketDeadline, cancellation);
        return answer.Select(response => response.Order);
    }

    /// <summary>Asks whether Transactions is back.</summary>
    public Task ProbeAsync(CancellationToken cancellation) =>
        peer.ProbeAsync(call => transactions.GetOrderAsync(new GetOrderRequest { OrderId = Nothing }, call), options.Value.BasketDeadline, cancellation);
}
