namespace BooksForYou.Inventory.Stock;

/// <summary>A line that was asked for beside what there is.</summary>
internal sealed class LineStock
{
    public int BookId { get; init; }

    public int Quantity { get; init; }

    /// <summary>How many copies could be bought, or null when there is no such book.</summary>
    public int? Available { get; init; }
}
