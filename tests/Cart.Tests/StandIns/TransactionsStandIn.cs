using System.Runtime.CompilerServices;
using BooksForYou.Contracts.Transactions.V1;
using BooksForYou.ServiceKit.Errors;
using Grpc.Core;

namespace BooksForYou.Cart.Tests.StandIns;

/// <summary>Transactions as its contract says it is, in memory, and with failures that a test orders.</summary>
internal sealed class TransactionsStandIn : TransactionsService.TransactionsServiceBase
{
    public const string ApprovedCard = "4242424242424242";
    public const string DeclinedCard = "4000000000000002";
    public const string ImpossibleCard = "4242424242424241";

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Order> _charges = [];
    private readonly HashSet<string> _abandoned = [];
    private readonly Dictionary<string, int> _moneyMoves = [];

    /// <summary>Customers who have used the promotion with an order that Cart knows nothing of.</summary>
    public HashSet<string> UsedElsewhere { get; } = [];

    public Interference Interference { get; } = new();

    /// <summary>All orders.</summary>
    public IReadOnlyList<Order> Orders
    {
        get
        {
            lock (_lock)
            {
                return [.. _charges.Values.Select(order => order.Clone())];
            }
        }
    }

    /// <summary>How often money moved for a key: 1 for a charge, 2 when it was paid back as well.</summary>
    public int MoneyMoves(string key)
    {
        lock (_lock)
        {
            return _moneyMoves.GetValueOrDefault(key);
        }
    }

    /// <summary>Sets the state of the order of a key.</summary>
    public void SetState(string key, OrderState state)
    {
        lock (_lock)
        {
            _charges[key].State = state;
        }
    }

    public override Task<ChargeResponse> Charge(ChargeRequest request, ServerCallContext _) => Do(() =>
    {
        if (request.Card.Number == ImpossibleCard)
        {
            throw new InvalidArgumentException(new FieldViolation("card.number", "is not the number of a card"));
        }

        if (_abandoned.Contains(request.IdempotencyKey))
        {
            throw new FailedPreconditionException("The charge was abandoned.");
        }

        if (!_charges.TryGetValue(request.IdempotencyKey, out var order))
        {
            if (request.BuyTwoGetOneFreePromo && HasUsed(request.CustomerId))
            {
                throw new FailedPreconditionException("The customer has used this promotion.")
                {
                    Details = [ErrorDetails.Reason("PROMOTION_USED", "transactions.booksforyou")],
                };
            }

            Assert.Equal(
                request.Total.Cents,
                request.Lines.Sum(line => line.Quantity * line.UnitPriceCents) - request.Discounts.Sum(discount => discount.AmountCents));
            var isDeclined = request.Card.Number == DeclinedCard;
            order = new Order
            {
                OrderId = $"order-{Guid.NewGuid():N}",
                State = isDeclined ? OrderState.Declined : OrderState.Paid,
                DeclineReason = isDeclined ? "The bank has declined the card." : "",
                Lines = { request.Lines },
                Total = request.Total,
                ReservationId = request.ReservationId,
                CustomerId = request.CustomerId,
                Discounts = { request.Discounts },
                BuyTwoGetOneFreePromo = request.BuyTwoGetOneFreePromo,
            };
            _charges[request.IdempotencyKey] = order;
            _moneyMoves[request.IdempotencyKey] = isDeclined ? 0 : 1;
        }

        return new ChargeResponse { Order = order.Clone() };
    });

    public override Task<AbandonChargeResponse> AbandonCharge(AbandonChargeRequest request, ServerCallContext _) => Do(() =>
    {
        if (_charges.TryGetValue(request.IdempotencyKey, out var order))
        {
            return new AbandonChargeResponse { Order = order.Clone() };
        }

        _abandoned.Add(request.IdempotencyKey);
        return new AbandonChargeResponse();
    });

    public override Task<RefundResponse> Refund(RefundRequest request, ServerCallContext _) => Do(() =>
    {
        var (key, order) = _charges.Single(charge => charge.Value.OrderId == request.OrderId);
        if (order.State == OrderState.Paid)
        {
            order.State = OrderState.Refunded;
            _moneyMoves[key]++;
        }

        return order.State == OrderState.Refunded
            ? new RefundResponse { Order = order.Clone() }
            : throw new FailedPreconditionException("The order is not paid.");
    });

    public override Task<GetOrderResponse> GetOrder(GetOrderRequest request, ServerCallContext _) => Do(() => new GetOrderResponse
    {
        Order = _charges.Values.SingleOrDefault(order => order.OrderId == request.OrderId)?.Clone() ?? throw new NotFoundException(),
    });

    public override Task<ListPromotionUsesResponse> ListPromotionUses(ListPromotionUsesRequest request, ServerCallContext _) => Do(() =>
        new ListPromotionUsesResponse { CustomerIds = { request.CustomerIds.Where(HasUsed) } });

    private bool HasUsed(string customerId) => UsedElsewhere.Contains(customerId) || _charges.Values.Any(order =>
        order.BuyTwoGetOneFreePromo && order.CustomerId == customerId && order.State is (OrderState.Pending or OrderState.Paid));

    private Task<T> Do<T>(Func<T> effect, [CallerMemberName] string method = "") => Interference.RunAsync(method, () =>
    {
        lock (_lock)
        {
            return effect();
        }
    });
}
