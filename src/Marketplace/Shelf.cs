namespace BooksForYou.Marketplace;

/// <summary>A few books of one category.</summary>
/// <param name="Category">The category.</param>
/// <param name="Books">The books.</param>
internal sealed record Shelf(Category Category, IReadOnlyList<BookTile> Books);
