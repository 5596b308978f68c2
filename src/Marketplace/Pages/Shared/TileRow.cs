namespace BooksForYou.Marketplace.Pages;

/// <summary>Books side by side.</summary>
/// <param name="Books">The books.</param>
/// <param name="IsGrid">Whether they fill as many rows as they need; otherwise they stand in one, which scrolls on a narrow screen.</param>
/// <param name="HasReasons">Whether each says why it is there.</param>
internal sealed record TileRow(IReadOnlyList<BookTile> Books, bool IsGrid = false, bool HasReasons = false);
