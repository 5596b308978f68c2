namespace BooksForYou.Inventory.Stock;

/// <summary>An adjustment that was made, with the answer that was given.</summary>
internal sealed class StockAdjustment
{
    public string AdjustmentId { get; init; } = "";

    public int BookId { get; init; }

    public int Delta { get; init; }

    public string Reason { get; init; } = "";

    public int Available { get; init; }
}
