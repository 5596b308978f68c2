using System.Collections.Frozen;
using BooksForYou.Contracts.Inventory.V1;

namespace BooksForYou.Inventory.Catalogue;

/// <summary>The names of categories in files: <c>science-fiction</c>, in any case, with any or no separators.</summary>
internal static class CategoryName
{
    private static readonly FrozenDictionary<string, BookCategory> Categories = Enum.GetValues<BookCategory>()
        .Where(category => category != BookCategory.Unspecified)
        .ToFrozenDictionary(category => category.ToString(), StringComparer.OrdinalIgnoreCase);

    /// <summary>The category of a name, or null when there is none.</summary>
    public static BookCategory? Parse(string text)
    {
        var letters = string.Concat(text.Where(char.IsAsciiLetter));
        const string Prefix = "BookCategory";
        if (letters.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
        {
            letters = letters[Prefix.Length..];
        }

        return Categories.TryGetValue(letters, out var category) ? category : null;
    }
}
