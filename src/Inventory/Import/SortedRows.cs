using BooksForYou.Inventory.Catalogue;

namespace BooksForYou.Inventory.Import;

/// <summary>The rows that change something.</summary>
/// <param name="New">Rows about books that are not there.</param>
/// <param name="Different">Books that are there and are to be different, as they are to be.</param>
internal sealed record SortedRows(IReadOnlyList<ImportRow> New, IReadOnlyList<(int BookId, BookDraft Book)> Different);
