using BooksForYou.Contracts.Transactions.V1;
using BooksForYou.ServiceKit.Errors;
using BooksForYou.ServiceKit.Security;
using Google.Rpc;
using Grpc.Core;
using Microsoft.Extensions.Options;
using Status = Grpc.Core.Status;

namespace BooksForYou.Cart;

/// <summary>Orders and payments, as Transactions keeps them. What it does not answer clearly is a <see cref="PeerException"/>.</summary>
internal sealed class Payments(
    TransactionsService.TransactionsServiceClient transactions, ServiceTokens tokens, IOptions<CartOptions> options)
{
    private const string Peer = "Transactions";
    private const string PromotionUsed = "PROMOTION_USED";

    // A Transactions that is just being restarted is back within these. The key makes it safe to ask again.
    private static readonly TimeSpan[] Pauses =
        [TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(300), TimeSpan.FromMilliseconds(900)];

    /// <summary>Charges a card.</summary>
    /// <returns>The order, paid or declined; null when the charge was abandoned before it began.</returns>
    /// <exception cref="InvalidArgumentException">Card, address or e-mail cannot be right; nothing was charged.</exception>
    /// <exception cref="PromotionUsedException">Another order of the customer has the promotion; nothing was charged.</exception>
    /// <exception cref="PeerException">It is not known whether the card was charged.</exception>
    public async Task<Order?> ChargeAsync(ChargeRequest request, CancellationToken cancellationToken)
    {
        var deadline = DateTime.UtcNow + options.Value.PaymentTimeout;
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                var response = await transactions.ChargeAsync(request, deadline: deadline, cancellationToken: cancellationToken);
                return response.Order;
            }
            catch (RpcException exception) when (exception.StatusCode == StatusCode.Unavailable && attempt < Pauses.Length)
            {
                await Task.Delay(Pauses[attempt], cancellationToken);
            }
            catch (RpcException exception)
            {
                return exception.StatusCode switch
                {
                    StatusCode.InvalidArgument => throw Refused(exception),
                    StatusCode.FailedPrecondition when exception.GetDetail<ErrorInfo>()?.Type == PromotionUsed =>
                        throw new PromotionUsedException(exception),

                    // The key was abandoned, or is the key of an order that is not ours: in both cases nothing was charged for this sale.
                    StatusCode.FailedPrecondition or StatusCode.AlreadyExists => null,
                    _ => throw new PeerException(Peer, exception),
                };
            }
        }
    }

    /// <summary>Makes sure that a charge that has not begun never does.</summary>
    /// <returns>The order if it had begun; null when there is none and will be none.</returns>
    public async Task<Order?> AbandonAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            var request = new AbandonChargeRequest { IdempotencyKey = key };
            var response = await transactions.AbandonChargeAsync(request, Within(cancellationToken));
            return response.Order;
        }
        catch (RpcException exception)
        {
            throw new PeerException(Peer, exception);
        }
    }

    /// <summary>Pays the whole amount of an order back.</summary>
    /// <returns>The order; null when it is not paid.</returns>
    public async Task<Order?> RefundAsync(string orderId, CancellationToken cancellationToken)
    {
        try
        {
            var response = await transactions.RefundAsync(new RefundRequest { OrderId = orderId }, Within(cancellationToken));
            return response.Order;
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.FailedPrecondition)
        {
            return null;
        }
        catch (RpcException exception)
        {
            throw new PeerException(Peer, exception);
        }
    }

    /// <summary>Gives an order; null when there is none of that number.</summary>
    public async Task<Order?> FindOrderAsync(string orderId, CancellationToken cancellationToken)
    {
        try
        {
            var call = Within(cancellationToken).WithHeaders(await tokens.HeadersAsync(cancellationToken));
            var response = await transactions.GetOrderAsync(new GetOrderRequest { OrderId = orderId }, call);
            return response.Order;
        }
        catch (RpcException exception) when (exception.StatusCode is StatusCode.NotFound or StatusCode.InvalidArgument)
        {
            return null;
        }
        catch (RpcException exception)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new PeerException(Peer, exception);
        }
    }

    /// <summary>Tells whether a customer has used the promotion that each has once. Asked while somebody waits for a page.</summary>
    public async Task<bool> HasUsedPromotionAsync(string customerId, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.Value.CatalogueTimeout);
        try
        {
            var used = await ListPromotionUsesAsync([customerId], limit.Token);
            return used.Count > 0;
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new PeerException(Peer, new RpcException(new Status(StatusCode.DeadlineExceeded, "no answer in time", exception)));
        }
    }

    /// <summary>Tells which of some customers have used the promotion that each has once.</summary>
    public async Task<IReadOnlyCollection<string>> ListPromotionUsesAsync(
        IEnumerable<string> customerIds, CancellationToken cancellationToken)
    {
        try
        {
            var call = Within(cancellationToken).WithHeaders(await tokens.HeadersAsync(cancellationToken));
            var response = await transactions.ListPromotionUsesAsync(new ListPromotionUsesRequest { CustomerIds = { customerIds } }, call);
            return response.CustomerIds;
        }
        catch (RpcException exception)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new PeerException(Peer, exception);
        }
    }

    // The fields have the same names in both requests.
    private static InvalidArgumentException Refused(RpcException exception)
    {
        var violations = exception.GetDetail<BadRequest>()?.FieldViolations
            .Select(violation => new FieldViolation(violation.Field, violation.Description))
            .ToArray();
        return violations is { Length: > 0 }
            ? new InvalidArgumentException(violations)
            : new InvalidArgumentException(exception.Status.Detail, exception);
    }

    private CallOptions Within(CancellationToken cancellationToken) =>
        new(deadline: DateTime.UtcNow + options.Value.PaymentTimeout, cancellationToken: cancellationToken);
}
