using BooksForYou.Transactions.Orders;

namespace BooksForYou.Transactions.Payments;

/// <summary>
/// Brings one payment to its end at the gateway, whatever happened to it before. The gateway's state of the key decides, and only moves forward;
/// so it does not matter how often, and by how many, this is done.
/// </summary>
internal sealed class Settlement(IPaymentGateway gateway, TransactionsLog log, TimeProvider time)
{
    /// <summary>What a customer reads whose payment was given up.</summary>
    public const string Interrupted = "The payment was interrupted. Nothing was charged.";

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    /// <summary>Pays an order: authorizes and captures. After an unknown outcome the payment is looked up.</summary>
    /// <param name="order">The order.</param>
    /// <param name="paymentKey">The payment's name at the gateway.</param>
    /// <param name="card">The card; null when it is not at hand any more: then a payment that the gateway has not begun is given up.</param>
    /// <param name="isNew">Whether nothing can have reached the gateway yet, so that there is nothing to look up.</param>
    /// <param name="cancellationToken">Gives up for now: the outcome is unknown.</param>
    /// <returns>The outcome, for good.</returns>
    public async Task<PaymentOutcome> SettleAsync(Order order, string paymentKey, CardDetails? card, bool isNew, CancellationToken cancellationToken)
    {
        var pause = FirstPause;
        var lookUp = !isNew;
        GatewayPayment? payment = null;
        while (true)
        {
            try
            {
                if (lookUp)
                {
                    payment = await gateway.FindAsync(paymentKey, cancellationToken);
                    lookUp = false;
                }

                if (payment is not null && OutcomeOf(payment, order) is { } outcome)
                {
                    return outcome;
                }

                payment = payment switch
                {
                    { State: GatewayState.Authorized } => await CaptureAsync(paymentKey, cancellationToken),
                    _ when card is null => await gateway.VoidAsync(paymentKey, cancellationToken),
                    _ => await gateway.AuthorizeAsync(paymentKey, order.TotalCents, order.Currency, card, cancellationToken),
                };
            }
            catch (GatewayUnavailableException exception)
            {
                log.GatewayFailed(paymentKey, exception.Message);
                lookUp = true;
                await Task.Delay(pause, time, cancellationToken);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
        }
    }

    /// <summary>Pays the whole amount of an order back.</summary>
    /// <exception cref="GatewayUnavailableException">The outcome is unknown, or the gateway cannot pay back what it does not have.</exception>
    public async Task RefundAsync(string paymentKey, CancellationToken cancellationToken)
    {
        var payment = await gateway.RefundAsync(paymentKey, cancellationToken);
        if (payment is not { State: GatewayState.Refunded })
        {
            throw new GatewayUnavailableException($"The gateway cannot refund a payment that it knows as {payment?.State.ToString() ?? "unknown"}");
        }
    }

    private async Task<GatewayPayment?> CaptureAsync(string paymentKey, CancellationToken cancellationToken)
    {
        var payment = await gateway.CaptureAsync(paymentKey, cancellationToken);
        return payment is { State: GatewayState.Authorized }
            ? throw new GatewayUnavailableException("The gateway does not capture an authorized payment")
            : payment;
    }

    private static PaymentOutcome? OutcomeOf(GatewayPayment payment, Order order) => payment.State switch
    {
        GatewayState.Voided => new PaymentOutcome(OrderState.Declined, DeclineReason: Interrupted),
        _ when payment.AmountCents != order.TotalCents || payment.Currency != order.Currency =>
            throw new GatewayUnavailableException("The gateway knows the payment with another amount"),
        GatewayState.Captured or GatewayState.Refunded => new PaymentOutcome(OrderState.Paid, payment.CardBrand, payment.CardLastFour),
        GatewayState.Declined => new PaymentOutcome(OrderState.Declined, payment.CardBrand, payment.CardLastFour, DeclineReason.For(payment.DeclineCode)),
        _ => null,
    };
}
