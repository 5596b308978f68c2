using BooksForYou.Accounts.Keys;
using BooksForYou.Accounts.Limits;
using BooksForYou.Accounts.Mails;
using BooksForYou.Accounts.Sessions;
using BooksForYou.ServiceKit.Mail;

namespace BooksForYou.Accounts;

/// <summary>Runs what goes on without a call: begins when the database is ready, ends with the process.</summary>
internal sealed class AccountsWorkers(IServiceProvider services, AccountsLog log, TimeProvider time) : IHostedService, IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly CancellationTokenSource _stopping = new();
    private Task _work = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <exception cref="FormatException">The mail settings do not go together.</exception>
    public void Begin()
    {
        var mails = services.GetRequiredKeyedService<MailDelivery>(AccountsModule.Name);
        _work = Task.WhenAll(
            Task.Run(() => mails.RunAsync(_stopping.Token)),
            Task.Run(() => LookAfterAsync(_stopping.Token)));
    }

    /// <summary>Looks after the signing keys, and deletes what nobody needs any more.</summary>
    public async Task LookAfterOnceAsync(CancellationToken cancellationToken)
    {
        await services.GetRequiredService<SigningKeys>().TendAsync(cancellationToken);
        var now = time.GetUtcNow();
        var count = await services.GetRequiredService<TryStore>().SweepAsync(now, cancellationToken)
            + await services.GetRequiredService<SessionStore>().SweepAsync(now, cancellationToken)
            + await services.GetRequiredService<MailStore>().SweepAsync(now, cancellationToken);
        log.Swept(count);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();

        // A mail that is cut off here is found again by its lease.
        await _work.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => _stopping.Dispose();

    private async Task LookAfterAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await LookAfterOnceAsync(cancellationToken);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                log.SweepFailed(exception);
            }

            await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
