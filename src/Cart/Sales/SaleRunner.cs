using System.Diagnostics;
using System.Diagnostics.Metrics;
using BooksForYou.Contracts.Cart.V1;
using BooksForYou.ServiceKit.Errors;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BooksForYou.Cart.Sales;

/// <summary>Works on a sale under its lease: from the beginning for a caller, or from where somebody else has left it.</summary>
internal sealed partial class SaleRunner(
    SaleStore store,
    SaleWork work,
    TimeProvider time,
    IOptions<CartOptions> options,
    IMeterFactory meters,
    ILogger<SaleRunner> logger)
{
    private readonly Counter<long> _sales = meters.Create("BooksForYou.Cart").CreateCounter<long>(
        "cart.sales", "{sale}", "Sales that are over, by how they ended and by who ended them: the call that began them, or the recovery.");

    /// <summary>Sells: reserves, charges, commits.</summary>
    /// <returns>The answer; null when it is not known yet, and the recovery will find it out.</returns>
    /// <exception cref="InvalidArgumentException">Card, address or e-mail cannot be right. The key is free again.</exception>
    public Task<CheckoutResponse?> SellAsync(Sale sale, Bill bill)
    {
        return UnderLeaseAsync(sale, isRecovery: false, SellAsync);

        async Task SellAsync(Current current, CancellationToken lost)
        {
            current.Sale = await work.ReserveAsync(current.Sale, lost);
            if (current.Sale.State == SaleState.Charging)
            {
                current.Sale = await work.ChargeAsync(current.Sale, bill, lost);
            }

            current.Sale = await work.CarryOnAsync(current.Sale, lost);
        }
    }

    /// <summary>Carries on, or undoes, a sale that was taken over.</summary>
    /// <returns>The answer; null when it is not known yet.</returns>
    public Task<CheckoutResponse?> RecoverAsync(Sale sale)
    {
        LogTakenOver(sale.Key, sale.State, sale.Attempts);
        return UnderLeaseAsync(sale, isRecovery: true, async (current, lost) => current.Sale = await work.CarryOnAsync(current.Sale, lost));
    }

    private async Task<CheckoutResponse?> UnderLeaseAsync(Sale sale, bool isRecovery, Func<Current, CancellationToken, Task> workAsync)
    {
        var current = new Current { Sale = sale };
        await using var lease = new LeaseKeeper(time, options.Value.Lease, () => store.RenewAsync(current.Sale));
        try
        {
            await workAsync(current, lease.Lost);
            Count(current.Sale, isRecovery);
        }
        catch (Exception exception) when (exception is PeerException or ChargePendingException && !lease.Lost.IsCancellationRequested)
        {
            await store.PostponeAsync(current.Sale);
            LogPutOff(sale.Key, current.Sale.State, exception.Message);
        }
        catch (Exception exception) when (exception is LeaseLostException || lease.Lost.IsCancellationRequested)
        {
            LogLeaseLost(sale.Key, current.Sale.State);
        }

        return current.Sale.ReadAnswer();
    }

    private void Count(Sale sale, bool isRecovery)
    {
        var tags = new TagList { { "outcome", sale.ReadAnswer()!.Outcome.ToString() }, { "by", isRecovery ? "recovery" : "call" } };
        _sales.Add(1, tags);
    }

    [LoggerMessage(EventName = "SaleTakenOver", Level = LogLevel.Information,
        Message = "Carrying on sale {Key}, found {State} after {Attempts} attempts")]
    private partial void LogTakenOver(string key, SaleState state, int attempts);

    [LoggerMessage(EventName = "SalePutOff", Level = LogLevel.Warning, Message = "Sale {Key} is put off while {State}: {Reason}")]
    private partial void LogPutOff(string key, SaleState state, string reason);

    [LoggerMessage(EventName = "SaleLeaseLost", Level = LogLevel.Warning,
        Message = "Sale {Key} was taken over by another process while {State} here")]
    private partial void LogLeaseLost(string key, SaleState state);

    private sealed class Current
    {
        public required Sale Sale { get; set; }
    }
}
