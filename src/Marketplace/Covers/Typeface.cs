namespace BooksForYou.Marketplace.Covers;

/// <summary>How a text is set.</summary>
/// <param name="Family">The fonts, best first; the last one is there on every machine.</param>
/// <param name="Weight">The weight, from 100 to 900.</param>
/// <param name="LargestSize">The size that a short text gets.</param>
/// <param name="SmallestSize">The size below which words are broken and text is cut instead.</param>
/// <param name="Leading">From one line to the next, in parts of the size.</param>
/// <param name="MostLines">How many lines look well.</param>
/// <param name="Spacing">Extra space after each letter, in parts of the size.</param>
/// <param name="IsUppercase">Whether the text is set in capitals.</param>
/// <param name="IsItalic">Whether the text is set in italics.</param>
internal sealed record Typeface(
    string Family,
    int Weight,
    double LargestSize,
    double SmallestSize,
    double Leading = 1.14,
    int MostLines = 12,
    double Spacing = 0,
    bool IsUppercase = false,
    bool IsItalic = false)
{
    /// <summary>Book faces: the serifs that come with macOS, Windows and Linux desktops.</summary>
    public const string Serif = "'Iowan Old Style','Palatino Linotype',Palatino,'Book Antiqua',Georgia,'DejaVu Serif Condensed',serif";

    /// <summary>Humanist and geometric sans faces.</summary>
    public const string Sans = "'Avenir Next','Gill Sans','Gill Sans MT',Lato,'Segoe UI','Helvetica Neue',Roboto,sans-serif";

    /// <summary>High-contrast serifs for large sizes.</summary>
    public const string Display = "Didot,'Bodoni 72','Bodoni MT','Playfair Display',Georgia,'DejaVu Serif Condensed',serif";

    /// <summary>The width of a line for a size of 1.</summary>
    public double Measure(string text) => GlyphWidths.Measure(text) * (Weight >= 800 ? 1.06 : 1) + (Spacing * text.Length);
}
