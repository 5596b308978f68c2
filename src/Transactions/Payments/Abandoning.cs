using BooksForYou.Transactions.Orders;

namespace BooksForYou.Transactions.Payments;

/// <summary>Gives charges up that have not begun.</summary>
internal sealed class Abandoning(ChargeStore charges, OrderStore orders, TransactionsSignals signals, TimeProvider time)
{
    /// <summary>Makes sure that a charge that has not begun never does.</summary>
    /// <returns>The order, in any state, if the charge had begun; null if it never will.</returns>
    public async Task<Order?> AbandonAsync(string idempotencyKey, CancellationToken cancellationToken)
    {
        var charge = await charges.AbandonAsync(idempotencyKey, cancellationToken);
        if (charge.IsAbandoned)
        {
            return null;
        }

        if (charge.LeaseUntil <= time.GetUtcNow())
        {
            signals.PaymentLeft.Pulse();
        }

        return await orders.FindAsync(charge.OrderId!, cancellationToken);
    }
}
