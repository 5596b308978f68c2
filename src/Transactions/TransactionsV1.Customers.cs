using BooksForYou.Contracts.Transactions.V1;
using BooksForYou.ServiceKit.Security;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace BooksForYou.Transactions;

/// <summary>What customers and admins ask for.</summary>
internal sealed partial class TransactionsV1
{
    private const int DefaultReceiptPageSize = 50;
    private const int MaxReceiptPageSize = 200;

    public override async Task<ListMyOrdersResponse> ListMyOrders(ListMyOrdersRequest request, ServerCallContext context)
    {
        var size = Paging.SizeOf(request.PageSize, DefaultPageSize, MaxPageSize);
        var page = await orders.ListOfCustomerAsync(
            Caller.Of(context).Subject, Paging.Parse(request.PageToken), size + 1, context.CancellationToken);
        return new ListMyOrdersResponse
        {
            Orders = { page.Take(size).Select(entry => ContractMapping.ToContract(entry.Order)) },
            NextPageToken = Paging.TokenAfter(page, size, entry => entry.Position),
        };
    }

    public override async Task<ClaimOrdersResponse> ClaimOrders(ClaimOrdersRequest request, ServerCallContext context) =>
        new() { Claimed = await customers.ClaimOrdersAsync(Caller.Of(context).Subject, context.CancellationToken) };

    public override async Task<ListBoughtBooksResponse> ListBoughtBooks(ListBoughtBooksRequest request, ServerCallContext context) =>
        new() { BookIds = { await customers.ListBoughtAsync(request.CustomerId, request.BookIds, context.CancellationToken) } };

    public override async Task<ListPromotionUsesResponse> ListPromotionUses(ListPromotionUsesRequest request, ServerCallContext context) =>
        new() { CustomerIds = { await customers.ListPromotionUsesAsync(Caller.Of(context), request.CustomerIds, context.CancellationToken) } };

    public override Task<GetCampaignReportResponse> GetCampaignReport(GetCampaignReportRequest request, ServerCallContext context) =>
        reports.ReckonAsync(request, context.CancellationToken);

    public override async Task<ListStuckReceiptsResponse> ListStuckReceipts(ListStuckReceiptsRequest request, ServerCallContext context)
    {
        var size = Paging.SizeOf(request.PageSize, DefaultReceiptPageSize, MaxReceiptPageSize);
        var page = await receipts.ListAsync(Paging.Parse(request.PageToken), size + 1, context.CancellationToken);
        return new ListStuckReceiptsResponse
        {
            Receipts =
            {
                page.Take(size).Select(receipt => new StuckReceipt
                {
                    ReceiptId = receipt.ReceiptId,
                    OrderId = receipt.OrderId,
                    CreateTime = Timestamp.FromDateTimeOffset(receipt.CreatedAt),
                    Attempts = receipt.Attempts,
                    LastError = receipt.LastError,
                }),
            },
            NextPageToken = Paging.TokenAfter(page, size, receipt => receipt.OrderNumber),
        };
    }

    public override async Task<RetryReceiptResponse> RetryReceipt(RetryReceiptRequest request, ServerCallContext context)
    {
        await receipts.RetryAsync(request.ReceiptId, context.CancellationToken);
        return new RetryReceiptResponse();
    }
}
