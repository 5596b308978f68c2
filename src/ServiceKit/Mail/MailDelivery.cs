using System.Diagnostics;
using BooksForYou.ServiceKit.Background;
using BooksForYou.ServiceKit.Telemetry;

namespace BooksForYou.ServiceKit.Mail;

/// <summary>
/// Sends what is in an outbox: at least once, since it notes a mail as sent after it was. Every replica does; a mail is in the hands of one at a time.
/// What fails is tried again after a pause that doubles, and given up after a number of attempts, where the report shows it.
/// </summary>
/// <param name="outbox">The mails.</param>
/// <param name="transport">Where they go.</param>
/// <param name="pacing">How patient it is.</param>
/// <param name="due">Pulses when there may be a mail to send.</param>
/// <param name="report">Is told how it goes.</param>
/// <param name="time">Tells the time.</param>
public sealed class MailDelivery(IMailOutbox outbox, IMailTransport transport, MailPacing pacing, Signal due, IMailReport report, TimeProvider time)
{
    private const int BatchSize = 20;
    private const string SpanName = "send mail";

    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);
    private static readonly TimeSpan CountInterval = TimeSpan.FromSeconds(10);

    // Mails that come in meanwhile share one connection and one transaction.
    private static readonly TimeSpan Collecting = TimeSpan.FromMilliseconds(200);

    private DateTimeOffset _counted;

    /// <summary>Works until it is cancelled.</summary>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>Completes when it is cancelled.</returns>
    public Task RunAsync(CancellationToken cancellationToken) =>
        new WorkLoop(due, pacing.PollInterval, time) { Collecting = Collecting }.RunAsync(
            async token =>
            {
                var found = await SendDueAsync(token);
                await CountAsync(token);
                return found == BatchSize;
            },
            report.LookFailed,
            cancellationToken);

    /// <summary>Looks once for mails that are due, and tries to send them.</summary>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>How many there were.</returns>
    public async Task<int> SendDueAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var mails = await outbox.TakeDueAsync(now, now + pacing.LeaseTime, BatchSize, cancellationToken);
        if (mails.Count == 0)
        {
            return 0;
        }

        var results = await SendAsync(mails, cancellationToken);
        if (results.Count > 0)
        {
            await outbox.NoteAsync(results, time.GetUtcNow(), CancellationToken.None);
        }

        if (results.Any(result => result.State == MailState.Dead))
        {
            _counted = default;
        }

        return mails.Count;
    }

    // A third of the lease to connect and to begin with mails, and half of it for the last one: the end comes before the lease is over. What was not
    // begun is due again then.
    private async Task<List<MailResult>> SendAsync(IReadOnlyList<DueMail> mails, CancellationToken cancellationToken)
    {
        var results = new List<MailResult>();
        var started = time.GetTimestamp();
        IMailSession? session = null;
        try
        {
            foreach (var mail in mails.TakeWhile(_ => time.GetElapsedTime(started) < pacing.LeaseTime / 3 && !cancellationToken.IsCancellationRequested))
            {
                try
                {
                    session ??= await WithinAsync(pacing.LeaseTime / 3, transport.ConnectAsync, cancellationToken);
                }
                catch (MailException exception)
                {
                    results.AddRange(mails.Skip(results.Count).Select(rest => NotSent(rest, exception)));
                    break;
                }

                results.Add(await SendAsync(session, mail, cancellationToken));
                if (results[^1].State != MailState.Sent && session.IsLost)
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

    private async Task<MailResult> SendAsync(IMailSession session, DueMail mail, CancellationToken cancellationToken)
    {
        using var span = TraceParent.Continue(mail.Trace, SpanName);
        try
        {
            await WithinAsync(
                pacing.LeaseTime / 2,
                async token =>
                {
                    await session.SendAsync(mail.Message, token);
                    return true;
                },
                cancellationToken);
            report.Sent(mail.Message.Id);
            return new MailResult(mail.Message.Id, mail.Attempt, MailState.Sent);
        }
        catch (MailException exception)
        {
            return Failed(mail, exception, span);
        }
    }

    private MailResult NotSent(DueMail mail, MailException exception)
    {
        using var span = TraceParent.Continue(mail.Trace, SpanName);
        return Failed(mail, exception, span);
    }

    private MailResult Failed(DueMail mail, MailException exception, Activity? span)
    {
        span?.SetStatus(ActivityStatusCode.Error);
        var id = mail.Message.Id;
        if (exception.IsPermanent || mail.Attempt >= pacing.Attempts)
        {
            report.GivenUp(id, mail.Attempt, exception.Message);
            return new MailResult(id, mail.Attempt, MailState.Dead, time.GetUtcNow(), exception.Message);
        }

        var pause = pacing.Pause * Math.Pow(2, Math.Min(mail.Attempt - 1, 20));
        pause = pause < LongestPause ? pause : LongestPause;

        // A tenth at random, so that mails that failed together do not come back together.
        pause *= 1 + (Random.Shared.NextDouble() / 10);
        report.Failed(id, mail.Attempt, exception.Message, pause);
        return new MailResult(id, mail.Attempt, MailState.Waiting, time.GetUtcNow() + pause, exception.Message);
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
            var (waiting, dead) = await outbox.CountAsync(cancellationToken);
            report.Counted(waiting, dead);
            _counted = now;
        }
    }
}
