using BooksForYou.ServiceKit.Mail;

namespace BooksForYou.Transactions.Receipts;

/// <summary>Notes in the log and the metrics how receipts go.</summary>
internal sealed class ReceiptReport(TransactionsMetrics metrics, TransactionsLog log) : IMailReport
{
    public void Sent(string mailId)
    {
        log.ReceiptSent(mailId);
        metrics.ReceiptTried("sent");
    }

    public void Failed(string mailId, int attempt, string problem, TimeSpan pause)
    {
        log.ReceiptFailed(mailId, attempt, problem, pause);
        metrics.ReceiptTried("failed");
    }

    public void GivenUp(string mailId, int attempts, string problem)
    {
        log.ReceiptDead(mailId, attempts, problem);
        metrics.ReceiptTried("dead");
    }

    public void LookFailed(Exception exception) => log.ReceiptsFailed(exception);

    public void Counted(long waiting, long dead) => metrics.SetReceipts(waiting, dead);
}
