using BooksForYou.Cart.Sales;
using BooksForYou.Contracts.Transactions.V1;
using BooksForYou.ServiceKit.Errors;
using Microsoft.Extensions.Options;

namespace BooksForYou.Cart.Cancellations;

/// <summary>Cancels paid orders, each once.</summary>
internal sealed class Cancellations(
    CancellationStore store,
    CancellationRunner runner,
    InFlight<bool> inFlight,
    SaleStore sales,
    Payments payments,
    TimeProvider time,
    IOptions<CartOptions> options)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    public static FailedPreconditionException NotPaid() => new("Only an order that is paid can be cancelled.");

    /// <summary>Cancels an order. What has begun goes on, whether or not the caller waits.</summary>
    /// <returns>The order, paid back.</returns>
    public async Task<Order> CancelAsync(string orderId, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.Value.AnswerTimeout);
        try
        {
            if (await store.FindAsync(orderId, limit.Token) is null)
            {
                await BeginAsync(orderId, limit.Token);
            }

            await WaitAsync(orderId, limit.Token);
            return await payments.FindOrderAsync(orderId, limit.Token) ?? throw NotFound();
        }
        catch (PeerException exception)
        {
            throw new UnavailableException("Orders are not available at present.", exception);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new UnavailableException("The cancellation has begun and goes on by itself.", exception);
        }
    }

    private static NotFoundException NotFound() => new("There is no such order.");

    private async Task BeginAsync(string orderId, CancellationToken limit)
    {
        var order = await payments.FindOrderAsync(orderId, limit) ?? throw NotFound();
        if (order.State != OrderState.Paid)
        {
            // Another caller may have begun, and even ended, since the look that found no cancellation.
            if (await store.FindAsync(orderId, limit) is null)
            {
                throw NotPaid();
            }

            return;
        }

        var sale = Sale.KeyOf(order.ReservationId) is { } key ? await sales.FindAsync(key, limit) : null;
        if (sale is not null && sale.State != SaleState.Done)
        {
            throw new AbortedException("The sale of the order is not finished yet.");
        }

        var cancellation = new Cancellation
        {
            OrderId = orderId,

            // The order names the first reservation; the sale knows whether it had to take another one.
            ReservationId = sale?.ReservationId ?? order.ReservationId,
            State = CancellationState.Refunding,
            Lease = 1,
        };
        if (await store.TryBeginAsync(cancellation, limit))
        {
            await inFlight.Begin(orderId, () => runner.RunAsync(cancellation)).WaitAsync(limit);
        }
    }

    private async Task WaitAsync(string orderId, CancellationToken limit)
    {
        if (inFlight.Find(orderId) is { } task)
        {
            await task.WaitAsync(limit);
        }

        while (await store.FindAsync(orderId, limit) is { State: not CancellationState.Done })
        {
            await Task.Delay(Look, time, limit);
        }
    }
}
