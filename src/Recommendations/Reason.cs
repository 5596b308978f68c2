using BooksForYou.Contracts.Inventory.V1;
using Book = BooksForYou.Recommendations.Catalogue.Book;

namespace BooksForYou.Recommendations;

/// <summary>Tells the reader in a sentence why a book was chosen.</summary>
internal static class Reason
{
    private const int SameTimeYears = 10;

    private static readonly string[] RandomPicks = [.. Enumerable.Range(0, (int)Enum.GetValues<BookCategory>().Max() + 1)
        .Select(number => $"Picked at random from {Shelf((BookCategory)number)}.")];

    /// <summary>For a book chosen at random from a shelf, or from all for <see cref="BookCategory.Unspecified"/>.</summary>
    public static string Random(BookCategory category) => RandomPicks[(int)category];

    public static string SameAuthor(string author) => $"Also by {author}.";

    public static string SameShelf(Book book, Book other) => Math.Abs((long?)other.Year - book.Year ?? int.MaxValue) switch
    {
        0 => $"Also on {Shelf(book.Category)}, and from the same year.",
        <= SameTimeYears => $"Also on {Shelf(book.Category)}, and from about the same time.",
        _ => $"Also on {Shelf(book.Category)}.",
    };

    private static string Shelf(BookCategory category) => category switch
    {
        BookCategory.Mystery => "our mystery shelf",
        BookCategory.ScienceFiction => "our science fiction shelf",
        BookCategory.SelfHelp => "our self-help shelf",
        BookCategory.Fantasy => "our fantasy shelf",
        BookCategory.Classics => "our shelf of classics",
        BookCategory.Fiction => "our fiction shelf",
        BookCategory.Thriller => "our thriller shelf",
        BookCategory.Romance => "our romance shelf",
        BookCategory.History => "our history shelf",
        BookCategory.Biography => "our biography shelf",
        BookCategory.Science => "our science shelf",
        BookCategory.Children => "our children's shelf",
        _ => "all our shelves",
    };
}
