using System.Globalization;

namespace BooksForYou.Marketplace;

/// <summary>What stands on the shelves of the home page for a while.</summary>
internal sealed class Arrangement
{
    /// <summary>Nothing is known yet.</summary>
    public static readonly Arrangement Empty = new([], 0);

    private static long _last;

    /// <summary>Arranges shelves; those without books are left out.</summary>
    public Arrangement(IEnumerable<Shelf> shelves)
        : this(shelves.Where(shelf => shelf.Books.Count > 0), Interlocked.Increment(ref _last))
    {
    }

    private Arrangement(IEnumerable<Shelf> shelves, long number)
    {
        Shelves = [.. shelves];
        Id = number.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Differs for each arrangement of this process.</summary>
    public string Id { get; }

    /// <summary>The shelves, none of them empty.</summary>
    public IReadOnlyList<Shelf> Shelves { get; }

    /// <summary>The shelf of a category, if it is there.</summary>
    public Shelf? Find(Category category) => Shelves.FirstOrDefault(shelf => shelf.Category == category);
}
