using System.Globalization;
using BooksForYou.Contracts.Inventory.V1;
using BooksForYou.Inventory.Catalogue;
using BooksForYou.Inventory.Stock;

namespace BooksForYou.Inventory.Import;

/// <summary>The store's own layout: a header of any of these columns in any order, of which title and author must be there.</summary>
internal sealed class StoreLayout(IReadOnlyList<string> header) : ImportLayout(header)
{
    public const string Accepted = "title, author, year, isbn, category, description, price, stock, out_of_print";

    private static readonly string[] Columns = Accepted.Split(", ");

    /// <inheritdoc/>
    public override IEnumerable<string> Ignored => Header.Where(column => !Columns.Contains(Name(column)));

    public static bool IsHeader(HashSet<string> columns) => columns.Contains("title") && columns.Contains("author");

    /// <inheritdoc/>
    public override ImportRow Read(long line, IReadOnlyList<string> fields) => new()
    {
        Line = line,
        Title = Line(fields, "title"),
        Author = Line(fields, "author"),
        Year = Given(fields, "year", Year, "must be a whole number"),
        Isbn = Field(fields, "isbn") is { Length: > 0 } isbn ? Isbn.Parse(isbn) ?? throw new FormatException(
            "isbn must be an ISBN-13 or ISBN-10 with the right check digit") : "",
        Category = Given(fields, "category", CategoryName.Parse, "must be one of the categories, such as science-fiction"),
        Description = Field(fields, "description").ReplaceLineEndings("\n"),
        PriceCents = Given(fields, "price", Cents, "must be an amount such as 12.99"),
        Stock = Given(fields, "stock", Count, $"must be a whole number from 0 to {StockStore.MostOnHand}"),
        OutOfPrint = Given(fields, "out_of_print", Truth, "must be true or false"),
    };

    private T? Given<T>(IReadOnlyList<string> fields, string column, Func<string, T?> read, string otherwise)
        where T : struct =>
        Field(fields, column) is { Length: > 0 } text ? read(text) ?? throw new FormatException($"{column} {otherwise}") : null;

    private static int? Year(string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var year) ? year : null;

    private static int? Count(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count <= StockStore.MostOnHand ? count : null;

    private static bool? Truth(string text) => text.ToLowerInvariant() switch
    {
        "true" or "yes" or "1" => true,
        "false" or "no" or "0" => false,
        _ => null,
    };

    // Two decimals at most: an amount that is no whole number of cents is a mistake, not something to round.
    private static long? Cents(string text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)
        && amount <= BookDraft.HighestPrice
        && decimal.IsInteger(amount * 100)
            ? (long)(amount * 100)
            : null;
}
