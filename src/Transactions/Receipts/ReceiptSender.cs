using Microsoft.Extensions.Options;

namespace BooksForYou.Transactions.Receipts;

/// <summary>
/// Sends what is in the outbox: at least once, since it notes a receipt as sent after it was. Every replica does; a receipt is in the hands of one at a time.
/// What fails is tried again after a pause that doubles, and given up after a number of attempts, where a gauge and the log show it.
/// </summary>
internal sealed class ReceiptSender(
    ReceiptStore receipts,
    IMailTransport transport,
    ReceiptMail mail,
    IOptions<TransactionsOptions> options,
    TransactionsSignals signals,
    TransactionsMetrics metrics,
    TransactionsLog log,
    TimeProvider time)
{
    private const int BatchSize = 20;

    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);
    private static readonly TimeSpan CountInterval = TimeSpan.FromSeconds(10);

    // Receipts that come in meanwhile share one connection and one transaction.
    private static readonly TimeSpan Collecting = TimeSpan.FromMilliseconds(200);

    private DateTimeOffset _counted;

    /// <summary>Works until it is cancelled.</summary>
    public Task RunAsync(CancellationToken cancellationToken) =>
        new WorkLoop(signals.ReceiptDue, options.Value.PollInterval, time) { Collecting = Collecting }.RunAsync(
            async token =>
            {
                var found = await SendDueAsync(token);
                await CountAsync(token);
                return found == BatchSize;
            },
            log.ReceiptsFailed,
            cancellationToken);

    /// <summary>Looks once for receipts that are due, and tries to send them.</summary>
    /// <returns>How many there were.</returns>
    public async Task<int> SendDueAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var due = await receipts.TakeDueAsync(now, now + options.Value.ReceiptLeaseTime, BatchSize, cancellationToken);
        if (due.Count == 0)
        {
            return 0;
        }

        var results = await SendAsync(due, cancellationToken);
        if (results.Count > 0)
        {
            await receipts.NoteAsync(results, time.GetUtcNow(), CancellationToken.None);
        }

        if (results.Any(result => result.State == ReceiptState.Dead))
        {
            _counted = default;
        }

        return due.Count;
    }

    // A third of the lease to connect and to begin with mails, and half of it for the last one: the end comes before the lease is over. What was not
    // begun is due again then.
    private async Task<List<ReceiptResult>> SendAsync(IReadOnlyList<Receipt> due, CancellationToken cancellationToken)
    {
        var results = new List<ReceiptResult>();
        var started = time.GetTimestamp();
        IMailSession? session = null;
        try
        {
            foreach (var receipt in due.TakeWhile(_ => time.GetElapsedTime(started) < options.Value.ReceiptLeaseTime / 3 && !cancellationToken.IsCancellationRequested))
            {
                try
                {
                    session ??= await WithinAsync(options.Value.ReceiptLeaseTime / 3, transport.ConnectAsync, cancellationToken);
                }
                catch (MailException exception)
                {
                    results.AddRange(due.Skip(results.Count).Select(rest => Failed(rest, exception)));
                    break;
                }

                results.Add(await SendAsync(session, receipt, cancellationToken));
                if (results[^1].State != ReceiptState.Sent && session.IsLost)
                {
                    await session.DisposeAsync();
                    session = null;
                }
            }
        }
        finally
        {
            await (session?.DisposeAsync() ?? ValueTask.CompletedTask);
        }

        return results;
    }

    private async Task<ReceiptResult> SendAsync(IMailSession session, Receipt receipt, CancellationToken cancellationToken)
    {
        try
        {
            await WithinAsync(
                options.Value.ReceiptLeaseTime / 2,
                async token =>
                {
                    await session.SendAsync(mail.Write(receipt), token);
                    return true;
                },
                cancellationToken);
            log.ReceiptSent(receipt.ReceiptId);
            metrics.ReceiptTried("sent");
            return new ReceiptResult(receipt, ReceiptState.Sent);
        }
        catch (MailException exception)
        {
            return Failed(receipt, exception);
        }
    }

    private ReceiptResult Failed(Receipt receipt, MailException exception)
    {
        if (exception.IsPermanent || receipt.Attempt >= options.Value.ReceiptAttempts)
        {
            log.ReceiptDead(receipt.ReceiptId, receipt.Attempt, exception.Message);
            metrics.ReceiptTried("dead");
            return new ReceiptResult(receipt, ReceiptState.Dead, time.GetUtcNow(), exception.Message);
        }

        var pause = options.Value.ReceiptPause * Math.Pow(2, Math.Min(receipt.Attempt - 1, 20));
        pause = pause < LongestPause ? pause : LongestPause;

        // A tenth at random, so that receipts that failed together do not come back together.
        pause *= 1 + (Random.Shared.NextDouble() / 10);
        log.ReceiptFailed(receipt.ReceiptId, receipt.Attempt, exception.Message, pause);
        metrics.ReceiptTried("failed");
        return new ReceiptResult(receipt, ReceiptState.Waiting, time.GetUtcNow() + pause, exception.Message);
    }

    private async Task<T> WithinAsync<T>(TimeSpan limit, Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        return await work(either.Token);
    }

    private async Task CountAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (now - _counted >= CountInterval)
        {
            var (waiting, dead) = await receipts.CountAsync(cancellationToken);
            metrics.SetReceipts(waiting, dead);
            _counted = now;
        }
    }
}
