using BooksForYou.Contracts.Inventory.V1;

namespace BooksForYou.Inventory.Catalogue;

/// <summary>A book as the database has it, with the copies that can be bought.</summary>
internal class BookRow
{
    /// <summary>The columns of a row, from the table <c>book</c> alone.</summary>
    public const string BookColumns =
        "b.book_id AS BookId, b.title, b.author, b.year, b.isbn, b.category, b.description, b.price_cents AS PriceCents, b.currency, b.out_of_print AS OutOfPrint";

    /// <summary>The columns of a row, from the tables <c>book</c> and <c>stock</c>.</summary>
    public const string Columns = BookColumns + ", s.on_hand - s.reserved AS available";

    public int BookId { get; init; }

    public string Title { get; init; } = "";

    public string Author { get; init; } = "";

    public int? Year { get; init; }

    public string Isbn { get; init; } = "";

    public int Category { get; init; }

    public string Description { get; init; } = "";

    public long PriceCents { get; init; }

    public string Currency { get; init; } = "";

    public bool OutOfPrint { get; init; }

    public int Available { get; init; }

    /// <summary>The trace of the request that changed it last, where the feed reads it; empty for none.</summary>
    public string Trace { get; init; } = "";

    /// <summary>Whether the row already says what is to be written.</summary>
    public bool Matches(BookDraft book) =>
        (
            Title,
            Author,
            Year,
            Isbn,
            Category,
            Description) == (book.Title, book.Author, book.Year, book.Isbn, (int)book.Category, book.Description)
        && (PriceCents, Currency, OutOfPrint) == (book.PriceCents, book.Currency, book.OutOfPrint);

    /// <summary>The book as callers get it.</summary>
    public Book ToMessage()
    {
        var message = new Book
        {
            BookId = BookId,
            Title = Title,
            Author = Author,
            Isbn = Isbn,
            Category = (BookCategory)Category,
            Description = Description,
            Price = new Money { Cents = PriceCents, Currency = Currency },
            Available = Available,
            OutOfPrint = OutOfPrint,
        };
        if (Year is { } year)
        {
            message.Year = year;
        }

        return message;
    }
}
