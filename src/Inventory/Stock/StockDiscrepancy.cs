namespace BooksForYou.Inventory.Stock;

/// <summary>A book whose stock is not what the ledger and the live reservations add up to.</summary>
internal sealed class StockDiscrepancy
{
    public int BookId { get; init; }

    public long OnHand { get; init; }

    public long Reserved { get; init; }

    public long LedgerTotal { get; init; }

    public long Held { get; init; }
}
