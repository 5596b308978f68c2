using System.Collections.Concurrent;
using System.Data.Common;
using BooksForYou.Transactions.Orders;
using Microsoft.Extensions.Options;

namespace BooksForYou.Transactions.Payments;

/// <summary>The leases that this process holds. A payment that takes long keeps its lease as long as somebody is at work on it.</summary>
internal sealed class Leases(ChargeStore charges, IOptions<TransactionsOptions> options, TransactionsLog log, TimeProvider time)
{
    private readonly ConcurrentDictionary<Guid, Lease> _held = new();

    /// <summary>When a lease ends that is taken now.</summary>
    public DateTimeOffset End => time.GetUtcNow() + options.Value.LeaseTime;

    /// <summary>Keeps a lease from running out, until <see cref="Forget"/>.</summary>
    public void Keep(string orderId, Guid owner) => _held[owner] = new Lease(orderId, owner, time.GetUtcNow());

    public void Forget(Guid owner) => _held.TryRemove(owner, out _);

    /// <summary>Gives a lease back: others may go on with the payment at <paramref name="due"/>. If that cannot be written, they do when the lease is over.</summary>
    public async Task ReleaseAsync(string orderId, Guid owner, DateTimeOffset due)
    {
        try
        {
            await charges.ReleaseAsync(orderId, owner, due, CancellationToken.None);
        }
        catch (DbException exception)
        {
            log.ReleaseFailed(exception);
        }
    }

    /// <summary>Renews what has used up a third of its time.</summary>
    public async Task RenewAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        foreach (var lease in _held.Values.Where(lease => now - lease.Since > options.Value.LeaseTime / 3))
        {
            await charges.RenewAsync(lease.OrderId, lease.Owner, End, cancellationToken);
            _held.TryUpdate(lease.Owner, lease with { Since = now }, lease);
        }
    }
}
