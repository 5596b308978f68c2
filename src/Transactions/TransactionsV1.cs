using BooksForYou.Contracts.Security.V1;
using BooksForYou.Contracts.Transactions.V1;
using BooksForYou.ServiceKit.Errors;
using BooksForYou.ServiceKit.Security;
using BooksForYou.ServiceKit.Storage;
using BooksForYou.Transactions.Feed;
using BooksForYou.Transactions.Orders;
using BooksForYou.Transactions.Payments;
using BooksForYou.Transactions.Receipts;
using BooksForYou.Transactions.Reports;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace BooksForYou.Transactions;

/// <summary>The gRPC face of the service: <c>booksforyou.transactions.v1</c>.</summary>
internal sealed partial class TransactionsV1(
    ChargeValidation validation,
    Charging charging,
    Abandoning abandoning,
    Refunding refunding,
    OrderStore orders,
    OrderFeed feed,
    Customers customers,
    CampaignReports reports,
    StuckReceipts receipts)
    : TransactionsService.TransactionsServiceBase
{
    private const int DefaultPageSize = 24;
    private const int MaxPageSize = 100;

    public override async Task<ChargeResponse> Charge(ChargeRequest request, ServerCallContext context)
    {
        var (charge, card) = validation.Check(request);
        return ChargeResponse.Parser.ParseFrom(await charging.ChargeAsync(charge, card, context.CancellationToken));
    }

    public override async Task<GetChargeResponse> GetCharge(GetChargeRequest request, ServerCallContext context)
    {
        var order = await orders.FindByKeyAsync(ChargeValidation.CheckKey(request.IdempotencyKey), context.CancellationToken)
            ?? throw new NotFoundException("No charge of this idempotency key has begun.");
        return new GetChargeResponse { Order = ContractMapping.ToContract(order) };
    }

    public override async Task<AbandonChargeResponse> AbandonCharge(AbandonChargeRequest request, ServerCallContext context)
    {
        var order = await abandoning.AbandonAsync(ChargeValidation.CheckKey(request.IdempotencyKey), context.CancellationToken);
        return new AbandonChargeResponse { Order = order is null ? null : ContractMapping.ToContract(order) };
    }

    public override async Task<GetOrderResponse> GetOrder(GetOrderRequest request, ServerCallContext context)
    {
        var caller = Caller.Of(context);
        var order = await orders.FindAsync(CheckOrderId(request.OrderId), context.CancellationToken);
        return order is not null && MaySee(caller, order) ? new GetOrderResponse { Order = ContractMapping.ToContract(order) } : throw NoSuchOrder();
    }

    public override async Task<ListOrdersResponse> ListOrders(ListOrdersRequest request, ServerCallContext context)
    {
        var size = Paging.SizeOf(request.PageSize, DefaultPageSize, MaxPageSize);
        var page = await orders.ListAsync(Paging.Parse(request.PageToken), size + 1, context.CancellationToken);
        return new ListOrdersResponse
        {
            Orders = { page.Take(size).Select(entry => ContractMapping.ToContract(entry.Order)) },
            NextPageToken = Paging.TokenAfter(page, size, entry => entry.Position),
        };
    }

    public override async Task<RefundResponse> Refund(RefundRequest request, ServerCallContext context)
    {
        var order = await refunding.RefundAsync(CheckOrderId(request.OrderId), context.CancellationToken);
        return new RefundResponse { Order = ContractMapping.ToContract(order) };
    }

    public override async Task FollowOrders(FollowOrdersRequest request, IServerStreamWriter<FollowOrdersResponse> responseStream, ServerCallContext context)
    {
        if (!FeedPosition.TryParse(request.Cursor, out var position))
        {
            throw new InvalidArgumentException(new FieldViolation("cursor", "must be a cursor that was sent before, or empty"));
        }

        await foreach (var page in feed.FollowAsync(position, context.CancellationToken))
        {
            if (page.Events.Count == 0)
            {
                await responseStream.WriteAsync(new FollowOrdersResponse { Cursor = position.ToCursor(), CaughtUp = true }, context.CancellationToken);
            }

            for (var index = 0; index < page.Events.Count; index++)
            {
                position = page.Events[index].Position;
                var isLast = page.IsLast && index == page.Events.Count - 1;
                await responseStream.WriteAsync(ToContract(page.Events[index], isLast), context.CancellationToken);
            }
        }
    }

    private static FollowOrdersResponse ToContract(OrderEvent orderEvent, bool caughtUp) => new()
    {
        Cursor = orderEvent.Position.ToCursor(),
        OrderId = orderEvent.OrderId,
        State = (Contracts.Transactions.V1.OrderState)orderEvent.State,
        EventTime = Timestamp.FromDateTimeOffset(orderEvent.Time),
        Lines = { orderEvent.Lines.Select(ContractMapping.ToContract) },
        CaughtUp = caughtUp,
        Traceparent = orderEvent.Trace,
    };

    // Anything else cannot be in the database; PostgreSQL does not even take every text.
    private static string CheckOrderId(string orderId) => orderId.Length == OrderId.Length && orderId.All(char.IsAsciiLetterOrDigit)
        ? OrderId.Normalize(orderId)
        : throw NoSuchOrder();

    // A guest's order is seen by whoever has its number; who has that of a customer learns nothing by it.
    private static bool MaySee(Caller caller, Orders.Order order) =>
        order.CustomerId is null || order.CustomerId == caller.Subject || caller.Role is Role.Admin or Role.Service;

    private static NotFoundException NoSuchOrder() => new("There is no order of this number.");
}
