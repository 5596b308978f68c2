using System.Diagnostics.Metrics;

namespace BooksForYou.Accounts;

/// <summary>What the service counts; docs/accounts.md says what to watch.</summary>
internal sealed class AccountsMetrics
{
    private readonly Counter<long> _registrations;
    private readonly Counter<long> _signIns;
    private readonly Counter<long> _slowedDown;
    private readonly Counter<long> _mails;
    private long _waitingMails;
    private long _deadMails;

    public AccountsMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("BooksForYou.Accounts");
        _registrations = meter.CreateCounter<long>("booksforyou.registrations", "{account}", "Accounts that were opened.");
        _signIns = meter.CreateCounter<long>("booksforyou.sign_ins", "{try}", "Passwords that were looked at, by result.");
        _slowedDown = meter.CreateCounter<long>("booksforyou.tries.refused", "{try}", "Tries that were refused since there were too many of late.");
        _mails = meter.CreateCounter<long>("booksforyou.account_mails", "{mail}", "Attempts to send a mail, by result.");
        meter.CreateObservableGauge("booksforyou.account_mails.waiting", () => WaitingMails, "{mail}", "Mails that wait to be sent.");
        meter.CreateObservableGauge("booksforyou.account_mails.dead", () => DeadMails, "{mail}", "Mails that were given up.");
    }

    /// <summary>Mails that wait, at the last count.</summary>
    public long WaitingMails => Volatile.Read(ref _waitingMails);

    /// <summary>Mails that were given up, at the last count.</summary>
    public long DeadMails => Volatile.Read(ref _deadMails);

    public void Registered() => _registrations.Add(1);

    public void SignedIn(string result) => _signIns.Add(1, new KeyValuePair<string, object?>("result", result));

    public void SlowedDown() => _slowedDown.Add(1);

    public void MailTried(string result) => _mails.Add(1, new KeyValuePair<string, object?>("result", result));

    public void SetMails(long waiting, long dead)
    {
        Volatile.Write(ref _waitingMails, waiting);
        Volatile.Write(ref _deadMails, dead);
    }
}
