namespace BooksForYou.Inventory.Stock;

/// <summary>What the ledger of a book adds up to, and how many copies live reservations hold.</summary>
internal sealed class LedgerTotals
{
    public long Total { get; init; }

    public long Held { get; init; }
}
