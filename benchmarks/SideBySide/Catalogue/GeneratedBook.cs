using BooksForYou.Contracts.Inventory.V1;

namespace BooksForYou.SideBySide.Catalogue;

/// <summary>A book that was made up.</summary>
internal sealed record GeneratedBook(
    string Title, string Author, int Year, string Isbn, BookCategory Category, string Description, long PriceCents);
