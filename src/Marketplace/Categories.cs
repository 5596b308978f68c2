using System.Collections.Frozen;
using BooksForYou.Contracts.Inventory.V1;

namespace BooksForYou.Marketplace;

/// <summary>The shelves of the shop, in the order in which they are shown.</summary>
internal static class Categories
{
    public static readonly Category Mystery = new(BookCategory.Mystery, "mystery", "Mystery", "Locked rooms, long shadows and a detective who notices everything.");

    public static readonly IReadOnlyList<Category> All =
    [
        Mystery,
        new(BookCategory.ScienceFiction, "science-fiction", "Science Fiction", "Other worlds, and this one a little later."),
        new(BookCategory.Fantasy, "fantasy", "Fantasy", "Maps at the front, dragons further in."),
        new(BookCategory.Classics, "classics", "Classics", "Novels that have outlived their century."),
        new(BookCategory.Fiction, "fiction", "Fiction", "Lives that are not ours, and feel as if they were."),
        new(BookCategory.Thriller, "thriller", "Thriller & Horror", "Best read with the door locked."),
        new(BookCategory.Romance, "romance", "Romance", "Letters, misunderstandings and the right person after all."),
        new(BookCategory.History, "history", "History", "How we came to be where we are."),
        new(BookCategory.Biography, "biography", "Biography", "One life at a time."),
        new(BookCategory.Science, "science", "Science & Nature", "How things work, from quarks to whales."),
        new(BookCategory.SelfHelp, "self-help", "Self-Help", "Good advice for the days that need it."),
        new(BookCategory.Children, "children", "Children", "To be read aloud, and again, and again."),
    ];

    private static readonly FrozenDictionary<string, Category> BySlug = All.ToFrozenDictionary(category => category.Slug, StringComparer.Ordinal);

    private static readonly FrozenDictionary<BookCategory, Category> ByValue = All.ToFrozenDictionary(category => category.Value);

    /// <summary>The shelf with a name in an address, if there is one.</summary>
    public static Category? Find(string slug) => BySlug.GetValueOrDefault(slug);

    /// <summary>The shelf that a service means, if the shop shows it.</summary>
    public static Category? Find(BookCategory value) => ByValue.GetValueOrDefault(value);
}
