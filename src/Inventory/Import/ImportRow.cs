using BooksForYou.Contracts.Inventory.V1;
using BooksForYou.Inventory.Catalogue;
using BooksForYou.ServiceKit.Text;

namespace BooksForYou.Inventory.Import;

/// <summary>A row of a file: what it says about a book, and nothing that it does not say.</summary>
internal sealed record ImportRow
{
    /// <summary>The line of the file that the row begins on; the first is 1.</summary>
    public required long Line { get; init; }

    public required string Title { get; init; }

    public required string Author { get; init; }

    public int? Year { get; init; }

    /// <summary>The ISBN-13; empty when the row has none.</summary>
    public string Isbn { get; init; } = "";

    public BookCategory? Category { get; init; }

    public string Description { get; init; } = "";

    public long? PriceCents { get; init; }

    public int? Stock { get; init; }

    public bool? OutOfPrint { get; init; }

    /// <summary>The number of the book in the file's own catalogue; null when that has none.</summary>
    public string? Source { get; init; }

    /// <summary>What the row is known by, to notice a second one for the same book.</summary>
    public IEnumerable<string> Identities => (Source, Isbn) switch
    {
        ({ } source, "") => [source],
        ({ } source, _) => [source, $"isbn {Isbn}"],
        (null, "") => [$"{Name}", $"without isbn {Name}"],
        _ => [$"{Name}", $"isbn {Isbn}"],
    };

    /// <summary>What an earlier row that is about the same book is known by. Two editions of a book have the same title and author, and
    /// each its ISBN; a row without one may be either.</summary>
    public IEnumerable<string> SameAs => (Source, Isbn) switch
    {
        (null, "") => [$"{Name}"],
        (null, _) => [$"isbn {Isbn}", $"without isbn {Name}"],
        _ => Identities,
    };

    private string Name => $"title {Folding.Key(Title)} author {Folding.Key(Author)}";

    /// <summary>The new book, with the documented defaults for what the row does not say.</summary>
    public BookDraft ToDraft(string currency)
    {
        var category = Category ?? BookCategory.Fiction;
        return new BookDraft
        {
            Title = Title,
            Author = Author,
            Year = Year,
            Isbn = Isbn,
            Category = category,
            Description = Description,
            PriceCents = PriceCents ?? DefaultPrice.Cents(category, Folding.Key(Title)),
            Currency = currency,
            OutOfPrint = OutOfPrint ?? false,
            Source = Source,
        };
    }

    /// <summary>A book that is there already, with what the row says about it.</summary>
    public BookDraft Over(ExistingBook book) => new()
    {
        Title = Title,
        Author = Author,
        Year = Year ?? book.Year,
        Isbn = Isbn.Length > 0 ? Isbn : book.Isbn,
        Category = Category ?? (BookCategory)book.Category,
        Description = Description.Length > 0 ? Description : book.Description,
        PriceCents = PriceCents ?? book.PriceCents,
        Currency = PriceCents is null ? book.Currency : "",
        OutOfPrint = OutOfPrint ?? book.OutOfPrint,
    };
}
