using BooksForYou.ServiceKit.Mail;

namespace BooksForYou.Accounts.Mails;

/// <summary>Notes in the log and the metrics how mails go.</summary>
internal sealed class MailReport(AccountsMetrics metrics, AccountsLog log) : IMailReport
{
    public void Sent(string mailId)
    {
        log.MailSent(mailId);
        metrics.MailTried("sent");
    }

    public void Failed(string mailId, int attempt, string problem, TimeSpan pause)
    {
        log.MailFailed(mailId, attempt, problem, pause);
        metrics.MailTried("failed");
    }

    public void GivenUp(string mailId, int attempts, string problem)
    {
        log.MailDead(mailId, attempts, problem);
        metrics.MailTried("dead");
    }

    public void LookFailed(Exception exception) => log.MailsFailed(exception);

    public void Counted(long waiting, long dead) => metrics.SetMails(waiting, dead);
}
