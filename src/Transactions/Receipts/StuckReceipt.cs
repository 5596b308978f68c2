namespace BooksForYou.Transactions.Receipts;

/// <summary>A receipt that was given up. Whom it is for is not in it.</summary>
internal sealed class StuckReceipt
{
    /// <summary>Its place in the list.</summary>
    public long OrderNumber { get; init; }

    public string ReceiptId { get; init; } = "";

    public string OrderId { get; init; } = "";

    public DateTimeOffset CreatedAt { get; init; }

    public int Attempts { get; init; }

    /// <summary>What the mail server said last, without addresses.</summary>
    public string LastError { get; init; } = "";
}
