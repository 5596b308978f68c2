namespace BooksForYou.Transactions.Receipts;

/// <summary>Where a receipt stands.</summary>
internal enum ReceiptState
{
    Waiting,
    Sent,
    Dead,
}
