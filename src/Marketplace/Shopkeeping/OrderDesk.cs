using BooksForYou.Contracts.Cart.V1;
using BooksForYou.Contracts.Transactions.V1;
using BooksForYou.Marketplace.Peers;

namespace BooksForYou.Marketplace.Shopkeeping;

/// <summary>All orders, what they came to, and how one is cancelled.</summary>
internal sealed class OrderDesk(TransactionsService.TransactionsServiceClient transactions, CartService.CartServiceClient cart, AdminCalls calls)
{
    /// <summary>Orders, the newest first, a page at a time.</summary>
    public Task<Answer<ListOrdersResponse>> ListAsync(HttpContext http, string pageToken, int pageSize = 0)
    {
        var request = new ListOrdersRequest { PageToken = pageToken, PageSize = pageSize };
        return calls.AskAsync(http, PeerNames.Transactions, call => transactions.ListOrdersAsync(request, call));
    }

    /// <summary>An order.</summary>
    public async Task<Answer<Order>> FindAsync(HttpContext http, string orderId)
    {
        var request = new GetOrderRequest { OrderId = orderId };
        var answer = await calls.AskAsync(http, PeerNames.Transactions, call => transactions.GetOrderAsync(request, call));
        return answer.Select(response => response.Order);
    }

    /// <summary>Cancels a paid order: the money goes back, and so do the copies. Once it has begun it is carried on whatever happens.</summary>
    public Task<Answer<CancelOrderResponse>> CancelAsync(HttpContext http, string orderId) =>
        calls.AskAsync(http, PeerNames.Cart, call => cart.CancelOrderAsync(new CancelOrderRequest { OrderId = orderId }, call));

    /// <summary>What a promotion has brought.</summary>
    public Task<Answer<GetCampaignReportResponse>> ReportAsync(HttpContext http, GetCampaignReportRequest request) =>
        calls.AskAsync(http, PeerNames.Transactions, call => transactions.GetCampaignReportAsync(request, call));
}
