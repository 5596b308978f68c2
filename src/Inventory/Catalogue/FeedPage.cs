namespace BooksForYou.Inventory.Catalogue;

/// <summary>Some changes of the catalogue.</summary>
/// <param name="Changes">The books, in the order in which they changed last, each with the cursor to go on with after it.</param>
/// <param name="Cursor">Where to go on.</param>
/// <param name="IsLast">Whether there were no more.</param>
internal sealed record FeedPage(IReadOnlyList<(BookRow Book, string Cursor)> Changes, string Cursor, bool IsLast);
