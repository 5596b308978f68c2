using BooksForYou.ServiceKit.Errors;

namespace BooksForYou.Transactions.Receipts;

/// <summary>Receipts that were given up, for an admin to look at and to have tried again.</summary>
internal sealed class StuckReceipts(StuckReceiptStore store, TransactionsSignals signals, TimeProvider time)
{
    private const int LongestId = 100;

    /// <summary>Gives those before a position, newest first.</summary>
    public Task<IReadOnlyList<StuckReceipt>> ListAsync(long before, int count, CancellationToken cancellationToken) =>
        store.ListAsync(before, count, cancellationToken);

    /// <summary>Has one tried again, as if it were new. One that is not given up stays as it is.</summary>
    /// <exception cref="NotFoundException">There is no such receipt.</exception>
    public async Task RetryAsync(string receiptId, CancellationToken cancellationToken)
    {
        if (receiptId.Length is 0 or > LongestId
            || !receiptId.All(char.IsAsciiLetterOrDigit)
            || !await store.RetryAsync(receiptId, time.GetUtcNow(), cancellationToken))
        {
            throw new NotFoundException("There is no receipt of this number.");
        }

        signals.ReceiptDue.Pulse();
    }
}
