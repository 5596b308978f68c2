using BooksForYou.ServiceKit.Errors;
using BooksForYou.Transactions.Orders;
using Microsoft.Extensions.Options;

namespace BooksForYou.Transactions.Payments;

/// <summary>Refunds whole orders. A refund that has begun is carried to its end, by the background if need be.</summary>
internal sealed class Refunding(
    ChargeStore charges,
    OrderStore orders,
    Settlement settlement,
    Leases leases,
    IOptions<TransactionsOptions> options,
    TransactionsSignals signals,
    TransactionsLog log,
    TimeProvider time)
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    /// <summary>Refunds an order.</summary>
    /// <returns>The order, REFUNDED.</returns>
    /// <exception cref="NotFoundException">There is no such order.</exception>
    /// <exception cref="FailedPreconditionException">The order is not paid.</exception>
    /// <exception cref="UnavailableException">The refund has begun, and its outcome is not known yet.</exception>
    public async Task<Order> RefundAsync(string orderId, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.Value.ChargeTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await RunAsync(orderId, either.Token);
        }
        catch (Exception exception) when (exception is GatewayUnavailableException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new UnavailableException("The refund is under way, and its outcome is not known yet. Ask again.", exception)
            {
                Details = [ErrorDetails.RetryAfter(TimeSpan.FromSeconds(2))],
            };
        }
    }

    /// <summary>Pays back what a refunding order has cost.</summary>
    public async Task SettleAsync(string orderId, string paymentKey, CancellationToken cancellationToken)
    {
        await settlement.RefundAsync(paymentKey, cancellationToken);
        await charges.EndRefundAsync(orderId, time.GetUtcNow(), CancellationToken.None);
        signals.OrderMoved.Pulse();
    }

    private async Task<Order> RunAsync(string orderId, CancellationToken cancellationToken)
    {
        var charge = await charges.FindByOrderAsync(orderId, cancellationToken) ?? throw new NotFoundException("There is no order of this number.");
        var owner = Guid.NewGuid();
        var state = (await charges.BeginRefundAsync(orderId, owner, time.GetUtcNow(), leases.End, cancellationToken)).State;
        signals.OrderMoved.Pulse();
        while (state == OrderState.Refunding)
        {
            charge = (await charges.FindByOrderAsync(orderId, cancellationToken))!;
            var now = time.GetUtcNow();
            if (charge.LeaseOwner == owner
                || (charge.LeaseUntil <= now && await charges.TakeOverAsync(charge.IdempotencyKey, owner, now, leases.End, cancellationToken)))
            {
                await SettleAsOwnerAsync(charge, owner, cancellationToken);
            }
            else if (charge.LeaseUntil is not null)
            {
                await Task.Delay(Poll, time, cancellationToken);
            }

            state = (await orders.FindAsync(orderId, cancellationToken))!.State;
        }

        return state == OrderState.Refunded
            ? (await orders.FindAsync(orderId, cancellationToken))!
            : throw new FailedPreconditionException($"Only a paid order can be refunded; this one is {OrderMove.Text(state)}.");
    }

    private async Task SettleAsOwnerAsync(Charge charge, Guid owner, CancellationToken cancellationToken)
    {
        leases.Keep(charge.OrderId!, owner);
        try
        {
            await SettleAsync(charge.OrderId!, charge.PaymentKey!, cancellationToken);
        }
        catch
        {
            log.PaymentLeft(charge.PaymentKey!);
            await leases.ReleaseAsync(charge.OrderId!, owner, time.GetUtcNow());
            signals.PaymentLeft.Pulse();
            throw;
        }
        finally
        {
            leases.Forget(owner);
        }
    }
}
