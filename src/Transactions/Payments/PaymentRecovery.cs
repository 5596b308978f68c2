using BooksForYou.ServiceKit.Background;
using BooksForYou.ServiceKit.Telemetry;
using BooksForYou.Transactions.Orders;
using Microsoft.Extensions.Options;

namespace BooksForYou.Transactions.Payments;

/// <summary>
/// Settles what calls have left behind: since the gateway was away, or since their process died. Every replica does, under leases, so that one payment is
/// worked on once at a time. Renews the leases of what is under way in this process as well.
/// </summary>
internal sealed class PaymentRecovery(
    ChargeStore charges,
    OrderStore orders,
    Charging charging,
    Refunding refunding,
    Leases leases,
    IOptions<TransactionsOptions> options,
    TransactionsSignals signals,
    TransactionsMetrics metrics,
    TransactionsLog log,
    TimeProvider time)
{
    private const int BatchSize = 20;

    // No longer, so that a sale does not hang about when the gateway is back.
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan CountInterval = TimeSpan.FromSeconds(10);

    private DateTimeOffset _counted;

    /// <summary>Works until it is cancelled.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => Task.WhenAll(SettleAllAsync(cancellationToken), RenewAllAsync(cancellationToken));

    /// <summary>Looks once for payments that nobody is at work on, and settles them as far as the gateway lets it.</summary>
    /// <returns>How many there were.</returns>
    public async Task<int> SettleStaleAsync(CancellationToken cancellationToken)
    {
        var owner = Guid.NewGuid();
        var stale = await charges.TakeStaleAsync(owner, time.GetUtcNow(), leases.End, BatchSize, cancellationToken);
        await Task.WhenAll(stale.Select(charge => SettleAsync(charge, owner, cancellationToken)));
        return stale.Count;
    }

    private Task SettleAllAsync(CancellationToken cancellationToken) =>
        new WorkLoop(signals.PaymentLeft, options.Value.PollInterval, time).RunAsync(
            async token =>
            {
                var found = await SettleStaleAsync(token);
                await CountAsync(token);
                return found == BatchSize;
            },
            log.RecoveryFailed,
            cancellationToken);

    // Not in the same loop: a gateway that hangs must not cost a charge under way its lease.
    private async Task RenewAllAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await leases.RenewAsync(cancellationToken);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                log.RecoveryFailed(exception);
            }

            await Task.Delay(options.Value.LeaseTime / 6, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task CountAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (now - _counted >= CountInterval)
        {
            metrics.SetOpenPayments(await charges.CountOpenAsync(cancellationToken));
            _counted = now;
        }
    }

    private async Task SettleAsync(Charge charge, Guid owner, CancellationToken cancellationToken)
    {
        using var span = TraceParent.Continue(charge.Trace, "recover payment");

        // Less than the lease: it need not be renewed.
        using var limit = new CancellationTokenSource(options.Value.LeaseTime * 0.8, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var order = (await orders.FindAsync(charge.OrderId!, either.Token))!;
            switch (order.State)
            {
                case OrderState.Pending:
                    log.PaymentSettled(charge.PaymentKey!, await charging.SettleLeftoverAsync(order, charge.PaymentKey!, either.Token), charge.Attempts);
                    break;
                case OrderState.Refunding:
                    await refunding.SettleAsync(order.OrderId, charge.PaymentKey!, either.Token);
                    log.PaymentSettled(charge.PaymentKey!, OrderState.Refunded, charge.Attempts);
                    break;
                default:
                    // Another one was first, between the claim and the look.
                    break;
            }
        }
        catch (Exception exception)
        {
            if (exception is not (GatewayUnavailableException or OperationCanceledException))
            {
                log.SettlingFailed(charge.PaymentKey!, exception);
            }

            var pause = TimeSpan.FromMilliseconds(500) * Math.Pow(2, Math.Min(charge.Attempts, 6) - 1);
            var due = time.GetUtcNow() + (pause < LongestPause ? pause : LongestPause);
            await leases.ReleaseAsync(charge.OrderId!, owner, due);
        }
    }
}
