namespace BooksForYou.Inventory.Import;

/// <summary>A book of the catalogue that a row of a file may be about.</summary>
internal sealed class ExistingBook
{
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

    public string? Source { get; init; }

    public string TitleKey { get; init; } = "";

    public string AuthorKey { get; init; } = "";
}
