using BooksForYou.Contracts.Inventory.V1;
using BooksForYou.ServiceKit.Errors;
using BooksForYou.ServiceKit.Text;

namespace BooksForYou.Inventory.Catalogue;

/// <summary>A book as it is to be written: whoever makes one asks <see cref="Problems"/> before it is.</summary>
internal sealed record BookDraft
{
    public const int LongestTitle = 500;
    public const int LongestAuthor = 1000;
    public const int LongestDescription = 5000;
    public const int EarliestYear = -5000;
    public const int LatestYear = 9999;

    /// <summary>The highest price, in cents: 1,000,000.00.</summary>
    public const long HighestPrice = 100_000_000;

    public required string Title { get; init; }

    public required string Author { get; init; }

    public int? Year { get; init; }

    /// <summary>The 13 digits of the ISBN-13; empty when none is known.</summary>
    public string Isbn { get; init; } = "";

    public required BookCategory Category { get; init; }

    public string Description { get; init; } = "";

    public required long PriceCents { get; init; }

    public required string Currency { get; init; }

    public bool OutOfPrint { get; init; }

    /// <summary>The number that the book has in the file it is imported from; null when it is not from such a file.</summary>
    public string? Source { get; init; }

    public string TitleKey => Folding.Key(Title);

    public string AuthorKey => Folding.Key(Author);

    /// <summary>What is wrong with the book, field by field as the contract spells them.</summary>
    /// <param name="shopCurrency">The currency that all prices are in.</param>
    public IEnumerable<FieldViolation> Problems(string shopCurrency)
    {
        if (TextProblem(Title, 1, LongestTitle) is { } title)
        {
            yield return new FieldViolation("title", title);
        }

        if (TextProblem(Author, 1, LongestAuthor) is { } author)
        {
            yield return new FieldViolation("author", author);
        }

        if (Year is < EarliestYear or > LatestYear)
        {
            yield return new FieldViolation("year", $"must be from {EarliestYear} to {LatestYear}");
        }

        if (Isbn.Length > 0 && !Catalogue.Isbn.IsValid13(Isbn))
        {
            yield return new FieldViolation("isbn", "must be the 13 digits of an ISBN-13 with the right check digit, or empty");
        }

        if (Category == BookCategory.Unspecified || !Enum.IsDefined(Category))
        {
            yield return new FieldViolation("category", "must be one of the categories");
        }

        if (TextProblem(Description, 0, LongestDescription) is { } description)
        {
            yield return new FieldViolation("description", description);
        }

        if (PriceCents is < 0 or > HighestPrice)
        {
            yield return new FieldViolation("price.cents", $"must be from 0 to {HighestPrice}");
        }

        if (Currency != shopCurrency)
        {
            yield return new FieldViolation("price.currency", $"must be {shopCurrency}, the currency of the shop");
        }
    }

    /// <summary>The book as callers get it.</summary>
    /// <param name="bookId">Its number.</param>
    /// <param name="available">How many copies can be bought.</param>
    public Book ToMessage(int bookId, int available) => new BookRow
    {
        BookId = bookId,
        Title = Title,
        Author = Author,
        Year = Year,
        Isbn = Isbn,
        Category = (int)Category,
        Description = Description,
        PriceCents = PriceCents,
        Currency = Currency,
        OutOfPrint = OutOfPrint,
        Available = available,
    }.ToMessage();

    private static string? TextProblem(string text, int shortest, int longest)
    {
        if (text.Length > longest)
        {
            return $"must be at most {longest} characters";
        }

        if (shortest > 0 && string.IsNullOrWhiteSpace(text))
        {
            return "must not be empty";
        }

        return text.Any(character => char.IsControl(character) && character != '\n') ? "must not contain control characters" : null;
    }
}
