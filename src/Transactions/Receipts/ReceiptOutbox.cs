using BooksForYou.ServiceKit.Mail;

namespace BooksForYou.Transactions.Receipts;

/// <summary>The outbox of receipts, as mails.</summary>
internal sealed class ReceiptOutbox(ReceiptStore receipts, ReceiptMail mail) : IMailOutbox
{
    public async Task<IReadOnlyList<DueMail>> TakeDueAsync(DateTimeOffset now, DateTimeOffset dueAgain, int count, CancellationToken cancellationToken)
    {
        var due = await receipts.TakeDueAsync(now, dueAgain, count, cancellationToken);
        return [.. due.Select(receipt => new DueMail(receipt.Attempt, mail.Write(receipt), receipt.Trace))];
    }

    public Task NoteAsync(IReadOnlyCollection<MailResult> results, DateTimeOffset now, CancellationToken cancellationToken) =>
        receipts.NoteAsync(results, now, cancellationToken);

    public Task<(long Waiting, long Dead)> CountAsync(CancellationToken cancellationToken) => receipts.CountAsync(cancellationToken);
}
