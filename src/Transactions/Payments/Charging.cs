using System.Collections.Concurrent;
using BooksForYou.ServiceKit.Errors;
using BooksForYou.Transactions.Orders;
using Microsoft.Extensions.Options;

namespace BooksForYou.Transactions.Payments;

/// <summary>
/// Charges: writes the order, settles its payment at the gateway, and stores the outcome with the answer. One key is one order and one payment, however
/// many callers, processes and crashes there are. A charge that has begun goes on when its caller leaves.
/// </summary>
internal sealed class Charging(
    ChargeStore charges,
    OrderStore orders,
    Settlement settlement,
    Leases leases,
    IOptions<TransactionsOptions> options,
    TransactionsSignals signals,
    TransactionsMetrics metrics,
    TransactionsLog log,
    TimeProvider time)
{
    private static readonly TimeSpan FirstPoll = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestPoll = TimeSpan.FromMilliseconds(250);

    private readonly ConcurrentDictionary<(string Key, string Content), Flight> _flights = new();

    /// <summary>Charges, or gives the answer that the key has already.</summary>
    /// <param name="charge">The order and its key.</param>
    /// <param name="card">The card.</param>
    /// <param name="cancellationToken">The caller has left; the charge goes on.</param>
    /// <returns>The answer, as bytes of the contract: the same ones for every caller of the key.</returns>
    /// <exception cref="AlreadyExistsException">The key belongs to another order.</exception>
    /// <exception cref="FailedPreconditionException">The key has been given up.</exception>
    /// <exception cref="UnavailableException">The outcome is not known yet.</exception>
    public Task<byte[]> ChargeAsync(NewCharge charge, CardDetails card, CancellationToken cancellationToken)
    {
        // Of two contents under one key, the database decides which one has it.
        var name = (charge.IdempotencyKey, Convert.ToHexString(charge.ContentHash));
        var own = new Flight();
        var flight = _flights.GetOrAdd(name, own);
        if (flight == own)
        {
            _ = FlyAsync(name, own, charge, card);
        }

        return flight.Answer.WaitAsync(cancellationToken);
    }

    /// <summary>Settles a payment that another call or process has left, without the card.</summary>
    /// <param name="order">The order, PENDING.</param>
    /// <param name="paymentKey">The payment's name at the gateway.</param>
    /// <param name="cancellationToken">Gives up for now.</param>
    /// <returns>What became of it.</returns>
    public async Task<OrderState> SettleLeftoverAsync(Order order, string paymentKey, CancellationToken cancellationToken)
    {
        var outcome = await settlement.SettleAsync(order, paymentKey, card: null, isNew: false, cancellationToken);
        await CloseAsync(order, paymentKey, outcome);
        return outcome.State;
    }

    /// <summary>Waits until all charges under way have come to an end.</summary>
    public Task DrainAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(_flights.Values.Select(flight => ((Task)flight.Answer).ContinueWith(_ => { }, TaskScheduler.Default))).WaitAsync(cancellationToken);

    private static void ThrowIfOther(NewCharge charge, byte[]? contentHash)
    {
        if (!charge.ContentHash.AsSpan().SequenceEqual(contentHash))
        {
            throw new AlreadyExistsException("The idempotency key belongs to another order.");
        }
    }

    private async Task FlyAsync((string Key, string Content) name, Flight flight, NewCharge charge, CardDetails card)
    {
        using var limit = new CancellationTokenSource(options.Value.ChargeTimeout, time);
        try
        {
            var answer = await RunAsync(charge, card, limit.Token);
            _flights.TryRemove(name, out _);
            flight.Land(answer);
        }
        catch (Exception exception)
        {
            _flights.TryRemove(name, out _);
            flight.Crash(exception is OperationCanceledException && limit.IsCancellationRequested ? OutcomeUnknown(exception) : exception);
        }
    }

    private static UnavailableException OutcomeUnknown(Exception exception) =>
        new("The outcome of the payment is not known yet. Ask again with the same key.", exception)
        {
            Details = [ErrorDetails.RetryAfter(TimeSpan.FromSeconds(2))],
        };

    private async Task<byte[]> RunAsync(NewCharge charge, CardDetails card, CancellationToken cancellationToken)
    {
        var owner = Guid.NewGuid();
        var found = await charges.BeginAsync(charge, owner, leases.End, cancellationToken);
        if (found.OrderId == charge.Order.OrderId)
        {
            return await SettleAsync(charge.Order, charge.PaymentKey, card, owner, isNew: true, cancellationToken);
        }

        for (var pause = FirstPoll; ; pause = pause * 2 < LongestPoll ? pause * 2 : LongestPoll)
        {
            if (found.IsAbandoned)
            {
                throw new FailedPreconditionException("The charge of this idempotency key was given up.");
            }

            ThrowIfOther(charge, found.ContentHash);
            if (found.Answer is not null)
            {
                return found.Answer;
            }

            var now = time.GetUtcNow();
            if (found.LeaseUntil <= now && await charges.TakeOverAsync(charge.IdempotencyKey, owner, now, leases.End, cancellationToken))
            {
                var order = await orders.FindAsync(found.OrderId!, cancellationToken);
                return await SettleAsync(order!, found.PaymentKey!, card, owner, isNew: false, cancellationToken);
            }

            await Task.Delay(pause, time, cancellationToken);
            found = await charges.FindAsync(charge.IdempotencyKey, cancellationToken) ?? throw new InternalException("A charge has vanished.");
        }
    }

    private async Task<byte[]> SettleAsync(Order order, string paymentKey, CardDetails card, Guid owner, bool isNew, CancellationToken cancellationToken)
    {
        leases.Keep(order.OrderId, owner);
        try
        {
            var outcome = await settlement.SettleAsync(order, paymentKey, card, isNew, cancellationToken);
            return await CloseAsync(order, paymentKey, outcome);
        }
        catch
        {
            log.PaymentLeft(paymentKey);
            await leases.ReleaseAsync(order.OrderId, owner, time.GetUtcNow());
            signals.PaymentLeft.Pulse();
            throw;
        }
        finally
        {
            leases.Forget(owner);
        }
    }

    private async Task<byte[]> CloseAsync(Order order, string paymentKey, PaymentOutcome outcome)
    {
        var answer = ContractMapping.ToAnswer(order.With(outcome));
        var result = await charges.CloseAsync(order.OrderId, outcome, answer, time.GetUtcNow(), CancellationToken.None);
        if (result.State != outcome.State && (result.State == OrderState.Declined || outcome.State == OrderState.Declined))
        {
            log.PaymentContradicted(paymentKey, outcome.State, result.State);
        }

        metrics.PaymentClosed(outcome.State);
        log.PaymentClosed(paymentKey, outcome.State);
        signals.OrderMoved.Pulse();
        if (outcome.State == OrderState.Paid)
        {
            signals.ReceiptDue.Pulse();
        }

        return result.Answer ?? answer;
    }
}
