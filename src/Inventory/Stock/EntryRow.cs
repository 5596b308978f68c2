namespace BooksForYou.Inventory.Stock;

/// <summary>An entry of the stock ledger.</summary>
internal sealed class EntryRow
{
    public long EntryId { get; init; }

    public DateTimeOffset CreateTime { get; init; }

    public int Delta { get; init; }

    public string Reason { get; init; } = "";

    public string Reference { get; init; } = "";
}
