using BooksForYou.Contracts.Cart.V1;
using BooksForYou.Marketplace.Peers;
using BooksForYou.ServiceKit.Errors;
using Google.Rpc;
using Grpc.Core;
using Microsoft.Extensions.Options;

namespace BooksForYou.Marketplace.Shopping;

/// <summary>Has baskets sold by Cart. An outcome that is not known is never taken for a failure: money may have moved.</summary>
internal sealed partial class Sales(
    CartService.CartServiceClient cart,
    [FromKeyedServices(PeerNames.Cart)] Peer peer,
    IOptions<MarketplaceOptions> options,
    TimeProvider clock,
    ILogger<Sales> logger)
{
    // With Cart known to be away it is tried nevertheless, since it may be back, but nobody waits for long.
    private TimeSpan CheckoutDeadline => peer.IsAway ? options.Value.BasketDeadline : options.Value.CheckoutDeadline;

    /// <summary>Sells what is in a basket.</summary>
    /// <param name="request">The sale. Its card is passed on and kept nowhere.</param>
    /// <param name="cancellation">Cancelled when the visitor has gone; the sale goes on.</param>
    public async Task<PaymentResult> PayAsync(CheckoutRequest request, CancellationToken cancellation)
    {
        try
        {
            return PaymentResult.Of(await cart.CheckoutAsync(request, Options(CheckoutDeadline, cancellation)));
        }
        catch (RpcException failure)
        {
            return Describe(failure);
        }
    }

    /// <summary>Tells how a sale stands.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="visitor">Whose sale it is.</param>
    /// <param name="cancellation">Cancelled when the visitor has gone.</param>
    public async Task<PaymentResult> FindAsync(string key, string visitor, CancellationToken cancellation)
    {
        try
        {
            var request = new GetSaleRequest { IdempotencyKey = key, VisitorId = visitor };
            var sale = await cart.GetSaleAsync(request, Options(options.Value.BasketDeadline, cancellation));
            return sale.Result is { } answer ? PaymentResult.Of(answer) : PaymentResult.Without(PaymentEnd.Unknown);
        }
        catch (RpcException failure)
        {
            return PaymentResult.Without(failure.StatusCode == StatusCode.NotFound ? PaymentEnd.NoSale : PaymentEnd.Unknown);
        }
    }

    private PaymentResult Describe(RpcException failure)
    {
        switch (failure.StatusCode)
        {
            case StatusCode.InvalidArgument:
                var violations = failure.GetDetail<BadRequest>()?.FieldViolations.Select(violation => KeyValuePair.Create(violation.Field, violation.Description));
                return new PaymentResult(PaymentEnd.Invalid, null, [.. violations ?? []]);
            case StatusCode.FailedPrecondition:
                return PaymentResult.Without(PaymentEnd.BasketEmpty);
            case StatusCode.Aborted:
                // What the standard calls reason is called Type in the package's older ErrorInfo.
                return PaymentResult.Without(failure.GetDetail<ErrorInfo>()?.Type == "BASKET_CHANGED" ? PaymentEnd.BasketChanged : PaymentEnd.UnderWay);
            case StatusCode.AlreadyExists:
                // The form was sent before with another address: how that ended is what the visitor has to know.
                return PaymentResult.Without(PaymentEnd.Unknown);
            default:
                LogUnknown(failure.StatusCode, failure.Status.Detail);
                return PaymentResult.Without(PaymentEnd.Unknown);
        }
    }

    private CallOptions Options(TimeSpan deadline, CancellationToken cancellation) =>
        new(deadline: clock.GetUtcNow().UtcDateTime + deadline, cancellationToken: cancellation);

    [LoggerMessage(EventName = "PaymentUnknown", Level = LogLevel.Warning, Message = "The outcome of a payment is not known yet ({Code}: {Detail}).")]
    private partial void LogUnknown(StatusCode code, string detail);
}
