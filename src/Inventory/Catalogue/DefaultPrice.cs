using System.Text;
using BooksForYou.Contracts.Inventory.V1;

namespace BooksForYou.Inventory.Catalogue;

/// <summary>The price of a book for which none is given; see docs/import.md. The same book always gets the same price.</summary>
internal static class DefaultPrice
{
    private const int Steps = 12;
    private const int StepCents = 50;

    /// <summary>
    /// The price in cents: the lowest of the category, and up to 5.50 more in steps of 0.50, by the hash of the folded title.
    /// </summary>
    public static long Cents(BookCategory category, string titleKey) => Lowest(category) + (StepCents * (Fnv1a(titleKey) % Steps));

    private static long Lowest(BookCategory category) => category switch
    {
        BookCategory.Children => 599,
        BookCategory.Classics => 649,
        BookCategory.Mystery or BookCategory.Romance or BookCategory.Thriller => 799,
        BookCategory.SelfHelp => 1099,
        BookCategory.Biography or BookCategory.History or BookCategory.Science => 1299,
        _ => 899,
    };

    // FNV-1a, 32 bits (draft-eastlake-fnv, section 2): the same on every machine, which string.GetHashCode is not.
    private static uint Fnv1a(string text)
    {
        var hash = 2166136261;
        foreach (var octet in Encoding.UTF8.GetBytes(text))
        {
            hash = unchecked((hash ^ octet) * 16777619);
        }

        return hash;
    }
}
