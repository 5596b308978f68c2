using BooksForYou.Contracts.Inventory.V1;

namespace BooksForYou.Recommendations.Catalogue;

/// <summary>What recommendations need to know of a book.</summary>
internal sealed record Book
{
    /// <summary>The book's number; never given to another book.</summary>
    public required int Id { get; init; }

    /// <summary>The title as printed on the cover.</summary>
    public required string Title { get; init; }

    /// <summary>The authors as printed on the cover, separated by commas.</summary>
    public required string Author { get; init; }

    /// <summary>The year of first publication, negative before the common era; null when it is not known.</summary>
    public int? Year { get; init; }

    /// <summary>The shelf that the book stands on. It may be one that only a newer release knows.</summary>
    public required BookCategory Category { get; init; }

    /// <summary>The authors one by one.</summary>
    public IEnumerable<string> Authors => Author.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
