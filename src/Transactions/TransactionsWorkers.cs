using BooksForYou.Transactions.Payments;
using BooksForYou.Transactions.Receipts;

namespace BooksForYou.Transactions;

/// <summary>Runs what goes on without a call: begins when the database is ready, ends with the process.</summary>
internal sealed class TransactionsWorkers(PaymentRecovery recovery, ReceiptSender receipts, Charging charging) : IHostedService, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private Task _work = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Begin() => _work = Task.WhenAll(
        Task.Run(() => recovery.RunAsync(_stopping.Token)),
        Task.Run(() => receipts.RunAsync(_stopping.Token)));

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await charging.DrainAsync(cancellationToken);
        await _stopping.CancelAsync();

        // What is cut off here is found again by its lease.
        await _work.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => _stopping.Dispose();
}
