using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using BooksForYou.Contracts.Inventory.V1;
using BooksForYou.Marketplace.Shopkeeping;

namespace BooksForYou.Marketplace.Pages.Admin;

/// <summary>What is filled in of a book. Inventory has the last word on what is right.</summary>
internal sealed class BookForm
{
    /// <summary>The fields: the name in the contract, the name in the form, and the label.</summary>
    public static readonly (string Contract, string Name, string Label)[] Fields =
    [
        ("title", "Form.Title", "The title"),
        ("author", "Form.Author", "The author"),
        ("year", "Form.Year", "The year"),
        ("isbn", "Form.Isbn", "The ISBN"),
        ("category", "Form.Category", "The category"),
        ("description", "Form.Description", "The description"),
        ("price.cents", "Form.Price", "The price"),
        ("price.currency", "Form.Currency", "The currency"),
        ("initial_quantity", "Form.Copies", "The number of copies"),
    ];

    /// <summary>The idempotency key: the same form sent twice adds one book.</summary>
    [AllowNull]
    public string Key { get; set => field = Clean(value); } = "";

    [AllowNull]
    public string Title { get; set => field = Clean(value); } = "";

    [AllowNull]
    public string Author { get; set => field = Clean(value); } = "";

    [AllowNull]
    public string Year { get; set => field = Clean(value); } = "";

    [AllowNull]
    public string Isbn { get; set => field = Clean(value); } = "";

    /// <summary>The category, by its name in addresses.</summary>
    [AllowNull]
    public string Category { get; set => field = Clean(value); } = "";

    [AllowNull]
    public string Description { get; set => field = Clean(value); } = "";

    [AllowNull]
    public string Price { get; set => field = Clean(value); } = "";

    [AllowNull]
    public string Currency { get; set => field = Clean(value); } = "EUR";

    public bool OutOfPrint { get; set; }

    /// <summary>How many copies there are at first.</summary>
    [AllowNull]
    public string Copies { get; set => field = Clean(value); } = "0";

    /// <summary>The form filled in with a book.</summary>
    public static BookForm Of(Book book) => new()
    {
        Title = book.Title,
        Author = book.Author,
        Year = book.HasYear ? book.Year.ToString(CultureInfo.InvariantCulture) : "",
        Isbn = book.Isbn,
        Category = Categories.Find(book.Category)?.Slug ?? "",
        Description = book.Description,
        Price = Amount.Write(book.Price?.Cents ?? 0),
        Currency = book.Price?.Currency ?? "EUR",
        OutOfPrint = book.OutOfPrint,
    };

    /// <summary>The book as it is filled in; what can be told to be wrong is told.</summary>
    public Book Read(FormProblems problems)
    {
        var book = new Book
        {
            Title = Title,
            Author = Author,
            Isbn = string.Concat(Isbn.Where(character => character is not (' ' or '-'))),
            Category = Categories.Find(Category)?.Value ?? BookCategory.Unspecified,
            Description = Description,
            OutOfPrint = OutOfPrint,
        };
        if (Amount.Parse(Price) is { } cents)
        {
            book.Price = new Money { Cents = cents, Currency = Currency };
        }
        else
        {
            problems.Add("Form.Price", "Write the price with a point, such as 18.99.");
        }

        if (int.TryParse(Year, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var year))
        {
            book.Year = year;
        }
        else if (Year.Length > 0)
        {
            problems.Add("Form.Year", "The year is a whole number, or empty.");
        }

        return book;
    }

    /// <summary>How many copies there are at first; what is no number is told.</summary>
    public int ReadCopies(FormProblems problems)
    {
        if (!int.TryParse(Copies, NumberStyles.None, CultureInfo.InvariantCulture, out var copies))
        {
            problems.Add("Form.Copies", "The number of copies is a whole number from 0.");
        }

        return copies;
    }

    private static string Clean(string? text) => text?.ReplaceLineEndings("\n").Trim() ?? "";
}
