using BooksForYou.Contracts.Cart.V1;
using BooksForYou.Marketplace.Peers;
using BooksForYou.Marketplace.People;
using BooksForYou.ServiceKit.Errors;
using Google.Rpc;
using Grpc.Core;
using Microsoft.Extensions.Options;

namespace BooksForYou.Marketplace.Shopping;

/// <summary>Has baskets sold by Cart. An outcome that is not known is never taken for a failure: money may have moved.</summary>
internal sealed partial class Sales(
    CartService.CartServiceClient cart,
    [FromKeyedServices(PeerNames.Cart)] Peer peer,
    Sessions sessions,
    IOptions<MarketplaceOptions> options,
    TimeProvider clock,
    ILogger<Sales> logger)
{
    // With Cart known to be away it is tried nevertheless, since it may be back, but nobody waits for long.
    private TimeSpan CheckoutDeadline => peer.IsAway ? options.Value.BasketDeadline : options.Value.CheckoutDeadline;

    /// <summary>Sells what is in a basket.</summary>
    /// <param name="context">The request of whoever pays; ended, the sale goes on.</param>
    /// <param name="request">The sale. Its card is passed on and kept nowhere.</param>
    public async Task<PaymentResult> PayAsync(HttpContext context, CheckoutRequest request)
    {
        if (await sessions.BearerAsync(context) is not { } bearer)
        {
            return PaymentResult.Without(PaymentEnd.NotAsked);
        }

        request.VisitorId = bearer.VisitorId;
        try
        {
            return PaymentResult.Of(await cart.CheckoutAsync(request, Options(bearer, CheckoutDeadline, context.RequestAborted)));
        }
        catch (RpcException failure)
        {
            return Describe(failure);
        }
    }

    /// <summary>Tells how a sale stands.</summary>
    /// <param name="context">The request of whoever has paid.</param>
    /// <param name="key">Its key.</param>
    public async Task<PaymentResult> FindAsync(HttpContext context, string key)
    {
        if (await sessions.BearerAsync(context) is not { } bearer)
        {
            return PaymentResult.Without(PaymentEnd.Unknown);
        }

        try
        {
            var request = new GetSaleRequest { IdempotencyKey = key, VisitorId = bearer.VisitorId };
            var sale = await cart.GetSaleAsync(request, Options(bearer, options.Value.BasketDeadline, context.RequestAborted));
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

    private CallOptions Options(Bearer bearer, TimeSpan deadline, CancellationToken cancellation) =>
        new(bearer.Headers, deadline: clock.GetUtcNow().UtcDateTime + deadline, cancellationToken: cancellation);

    [LoggerMessage(EventName = "PaymentUnknown", Level = LogLevel.Warning, Message = "The outcome of a payment is not known yet ({Code}: {Detail}).")]
    private partial void LogUnknown(StatusCode code, string detail);
}
