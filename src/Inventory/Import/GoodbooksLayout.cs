using System.Globalization;
using BooksForYou.Inventory.Catalogue;

namespace BooksForYou.Inventory.Import;

/// <summary>
/// The layout of <c>books.csv</c> of goodbooks-10k (https://github.com/zygmuntz/goodbooks-10k). It has neither prices nor stock nor
/// categories.
/// </summary>
internal sealed class GoodbooksLayout(IReadOnlyList<string> header) : ImportLayout(header)
{
    private static readonly string[] Columns = ["book_id", "goodreads_book_id", "authors", "title", "isbn", "original_publication_year"];

    /// <inheritdoc/>
    public override IEnumerable<string> Ignored => [];

    public static bool IsHeader(HashSet<string> columns) => Array.TrueForAll(Columns, columns.Contains);

    /// <inheritdoc/>
    public override ImportRow Read(long line, IReadOnlyList<string> fields) => new()
    {
        Line = line,
        Title = Line(fields, "title"),
        Author = Line(fields, "authors"),
        Year = Year(Field(fields, "original_publication_year")),
        Isbn = IsbnOf(Field(fields, "isbn")),
        Source = int.TryParse(Field(fields, "book_id"), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? string.Create(CultureInfo.InvariantCulture, $"goodbooks:{number}")
            : throw new FormatException("book_id must be a whole number"),
    };

    // 2008.0, -720.0
    private static int? Year(string text)
    {
        if (text.Length == 0)
        {
            return null;
        }

        return decimal.TryParse(
            text, NumberStyles.Float, CultureInfo.InvariantCulture, out var year) && decimal.IsInteger(year) && Math.Abs(year) < 100_000
            ? (int)year
            : throw new FormatException("original_publication_year must be a whole number");
    }

    // A spreadsheet has eaten the leading zeros of the ISBN-10, and made isbn13 a rounded number that is of no use. What is no ISBN even so
    // is left out.
    private static string IsbnOf(string text) =>
        text.Length is >= 7 and <= 10 ? Isbn.Parse(text.PadLeft(10, '0')) ?? "" : Isbn.Parse(text) ?? "";
}
