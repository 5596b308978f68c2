using System.Collections.Frozen;
using BooksForYou.Contracts.Inventory.V1;

namespace BooksForYou.Recommendations.Catalogue;

/// <summary>The whole catalogue as it was at one moment, arranged for answering calls without a query. Never changed.</summary>
internal sealed class CatalogueSnapshot
{
    private readonly Book[]?[] _shelves;
    private readonly FrozenDictionary<BookCategory, ShelfByYear> _byYear;
    private readonly FrozenDictionary<int, Book> _byId;
    private readonly FrozenDictionary<string, Book[]> _byAuthor;

    public CatalogueSnapshot(IEnumerable<Book> books)
    {
        var sorted = books.Order(TitleOrder.Instance).ToArray();
        _byId = sorted.ToFrozenDictionary(book => book.Id);
        _byAuthor = sorted
            .SelectMany(book => book.Authors.Distinct(StringComparer.OrdinalIgnoreCase), (book, author) => (book, author))
            .GroupBy(pair => pair.author, pair => pair.book, StringComparer.OrdinalIgnoreCase)
            .ToFrozenDictionary(group => group.Key, group => group.ToArray(), StringComparer.OrdinalIgnoreCase);

        var categories = Enum.GetValues<BookCategory>();
        _shelves = new Book[]?[(int)categories.Max() + 1];
        foreach (var category in categories)
        {
            _shelves[(int)category] = category == BookCategory.Unspecified ? sorted : [.. sorted.Where(book => book.Category == category)];
        }

        _byYear = categories.Where(category => category != BookCategory.Unspecified)
            .ToFrozenDictionary(category => category, category => new ShelfByYear(_shelves[(int)category]!));
    }

    /// <summary>How many books there are.</summary>
    public int Count => _byId.Count;

    /// <summary>
    /// The books of a category in <see cref="TitleOrder"/>; all books for unspecified; null for a number that is no category.
    /// </summary>
    public Book[]? Shelf(BookCategory category) => (uint)category < (uint)_shelves.Length ? _shelves[(int)category] : null;

    /// <summary>The books of a book's category, those of the nearest years first, by title where they are as near; itself among them.</summary>
    public IEnumerable<Book> Nearest(Book book) => _byYear.TryGetValue(book.Category, out var shelf) ? shelf.NearestTo(book.Year) : [];

    /// <summary>The book of a number, or null.</summary>
    public Book? Find(int id) => _byId.GetValueOrDefault(id);

    /// <summary>The books that an author wrote, alone or with others.</summary>
    public IReadOnlyList<Book> By(string author) => _byAuthor.GetValueOrDefault(author, []);
}
