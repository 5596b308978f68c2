namespace BooksForYou.Inventory.Catalogue;

/// <summary>One page of books.</summary>
/// <param name="Books">The books, in order.</param>
/// <param name="NextPageToken">Where the next page begins; empty on the last one.</param>
internal sealed record BookPage(IReadOnlyList<BookRow> Books, string NextPageToken);
