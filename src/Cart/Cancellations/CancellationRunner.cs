using BooksForYou.Cart.Sales;
using BooksForYou.Contracts.Transactions.V1;
using BooksForYou.ServiceKit.Errors;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BooksForYou.Cart.Cancellations;

/// <summary>Works on a cancellation under its lease: pays the money back, then puts the copies back. Both may be asked for again.</summary>
internal sealed partial class CancellationRunner(
    CancellationStore store,
    Stock stock,
    Payments payments,
    TimeProvider time,
    IOptions<CartOptions> options,
    ILogger<CancellationRunner> logger)
{
    // Cancellations are named by their reservation in the log: an order's number would show the order to whoever reads it.
    /// <summary>Carries a cancellation on from whatever its row says.</summary>
    /// <returns>Whether it is over; if not, the recovery carries it on.</returns>
    /// <exception cref="FailedPreconditionException">The order turned out not to be paid; there is no cancellation any more.</exception>
    public async Task<bool> RunAsync(Cancellation cancellation)
    {
        await using var lease = new LeaseKeeper(time, options.Value.Lease, () => store.RenewAsync(cancellation));
        try
        {
            if (cancellation.State == CancellationState.Refunding)
            {
                cancellation = await RefundAsync(cancellation, lease.Lost);
            }

            if (cancellation.State == CancellationState.Returning)
            {
                cancellation = await ReturnAsync(cancellation, lease.Lost);
            }

            return true;
        }
        catch (PeerException exception) when (!lease.Lost.IsCancellationRequested)
        {
            await store.PostponeAsync(cancellation);
            LogPutOff(cancellation.ReservationId, cancellation.State, exception.Message);
            return false;
        }
        catch (Exception exception) when (exception is LeaseLostException || lease.Lost.IsCancellationRequested)
        {
            LogLeaseLost(cancellation.ReservationId, cancellation.State);
            return false;
        }
    }

    private async Task<Cancellation> RefundAsync(Cancellation cancellation, CancellationToken lost)
    {
        if (await payments.RefundAsync(cancellation.OrderId, lost) is { State: OrderState.Refunded })
        {
            return await store.AdvanceAsync(cancellation, CancellationState.Returning);
        }

        await store.DeleteAsync(cancellation);
        throw Cancellations.NotPaid();
    }

    private async Task<Cancellation> ReturnAsync(Cancellation cancellation, CancellationToken lost)
    {
        if (!await stock.ReturnAsync(cancellation.ReservationId, lost))
        {
            LogNothingToReturn(cancellation.ReservationId);
        }

        return await store.AdvanceAsync(cancellation, CancellationState.Done);
    }

    [LoggerMessage(EventName = "CancellationPutOff", Level = LogLevel.Warning,
        Message = "The cancellation of the order of reservation {ReservationId} is put off while {State}: {Reason}")]
    private partial void LogPutOff(string reservationId, CancellationState state, string reason);

    [LoggerMessage(EventName = "CancellationLeaseLost", Level = LogLevel.Warning,
        Message = "The cancellation of the order of reservation {ReservationId} was taken over by another process while {State} here")]
    private partial void LogLeaseLost(string reservationId, CancellationState state);

    [LoggerMessage(EventName = "NothingToReturn", Level = LogLevel.Warning,
        Message = "An order is cancelled; its reservation {ReservationId} had taken no copies")]
    private partial void LogNothingToReturn(string reservationId);
}
