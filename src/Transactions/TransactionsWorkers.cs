using BooksForYou.ServiceKit.Mail;
using BooksForYou.Transactions.Payments;

namespace BooksForYou.Transactions;

/// <summary>Runs what goes on without a call: begins when the database is ready, ends with the process.</summary>
internal sealed class TransactionsWorkers(IServiceProvider services) : IHostedService, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private Task _work = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <exception cref="FormatException">The mail settings do not go together.</exception>
    public void Begin()
    {
        var recovery = services.GetRequiredService<PaymentRecovery>();
        var receipts = services.GetRequiredKeyedService<MailDelivery>(TransactionsModule.Name);
        _work = Task.WhenAll(
            Task.Run(() => recovery.RunAsync(_stopping.Token)),
            Task.Run(() => receipts.RunAsync(_stopping.Token)));
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await services.GetRequiredService<Charging>().DrainAsync(cancellationToken);
        await _stopping.CancelAsync();

        // What is cut off here is found again by its lease.
        await _work.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => _stopping.Dispose();
}
