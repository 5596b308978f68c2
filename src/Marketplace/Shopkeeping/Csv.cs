using System.Globalization;
using System.Text;

namespace BooksForYou.Marketplace.Shopkeeping;

/// <summary>Writes comma-separated values (RFC 4180) that a spreadsheet takes for text and numbers, and never for a formula.</summary>
internal sealed class Csv
{
    // What spreadsheets begin a formula with, and characters that some of them skip before it.
    private const string FormulaStarts = "=+-@\t\r\n";

    private readonly StringBuilder _text = new();
    private bool _isBegun;

    /// <summary>Adds a text to the line.</summary>
    public Csv Add(string text)
    {
        var harmless = text.Length > 0 && (FormulaStarts.Contains(text[0], StringComparison.Ordinal) || IsFormulaAfterSpace(text)) ? "'" + text : text;
        return AddCell($"\"{harmless.Replace("\"", "\"\"", StringComparison.Ordinal)}\"");
    }

    /// <summary>Adds a number to the line.</summary>
    public Csv Add(long number) => AddCell(number.ToString(CultureInfo.InvariantCulture));

    /// <summary>Adds an amount in hundredths to the line, such as 12.50.</summary>
    public Csv AddCents(long cents) => AddCell((cents / 100m).ToString("0.00", CultureInfo.InvariantCulture));

    /// <summary>Ends the line.</summary>
    public Csv End()
    {
        _text.Append("\r\n");
        _isBegun = false;
        return this;
    }

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();

    private static bool IsFormulaAfterSpace(string text) => text.TrimStart() is { Length: > 0 } rest && rest.Length < text.Length && FormulaStarts.Contains(rest[0], StringComparison.Ordinal);

    private Csv AddCell(string cell)
    {
        _text.Append(_isBegun ? "," : "").Append(cell);
        _isBegun = true;
        return this;
    }
}
