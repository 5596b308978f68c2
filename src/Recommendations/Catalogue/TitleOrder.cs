namespace BooksForYou.Recommendations.Catalogue;

/// <summary>
/// By title without regard to case, then by number: an order in which every book has one place, on every machine the same.
/// </summary>
internal sealed class TitleOrder : IComparer<Book>
{
    public static readonly TitleOrder Instance = new();

    public int Compare(Book? x, Book? y) => x is null || y is null
        ? (x is null ? 0 : 1) - (y is null ? 0 : 1)
        : Compare(x, y.Title, y.Id);

    /// <summary>Compares a book with the place of another that may be gone by now.</summary>
    public static int Compare(Book book, string title, int id)
    {
        var byTitle = StringComparer.OrdinalIgnoreCase.Compare(book.Title, title);
        return byTitle != 0 ? byTitle : book.Id.CompareTo(id);
    }
}
