using System.Globalization;
using System.Text;

namespace BooksForYou.Marketplace.Covers;

/// <summary>
/// How wide text is about to be, in parts of the font size. Nobody knows which font a visitor's machine has: these are widths between those of
/// the usual text faces, and what comes near an edge is held there with <c>textLength</c> (SVG 2, section 11.5).
/// </summary>
internal static class GlyphWidths
{
    /// <summary>The width of a line of text for a font size of 1.</summary>
    public static double Measure(string text)
    {
        var width = 0.0;
        foreach (var rune in text.EnumerateRunes())
        {
            width += Of(rune);
        }

        return width;
    }

    /// <summary>Whether a line may be broken before and after this character without a space: Chinese, Japanese and Korean scripts.</summary>
    public static bool IsIdeographic(Rune rune) => rune.Value is
        (>= 0x2E80 and <= 0xA4CF) or (>= 0xAC00 and <= 0xD7A3) or (>= 0xF900 and <= 0xFAFF) or (>= 0xFF00 and <= 0xFF60) or (>= 0x20000 and <= 0x3FFFF);

    /// <summary>Whether text runs from right to left: the first letter with a direction decides (UAX #9, rules P2 and P3).</summary>
    public static bool IsRightToLeft(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is (>= 0x0590 and <= 0x08FF) or (>= 0xFB1D and <= 0xFDFF) or (>= 0xFE70 and <= 0xFEFC) or (>= 0x10800 and <= 0x10FFF) or (>= 0x1E800 and <= 0x1EFFF))
            {
                return true;
            }

            if (Rune.IsLetter(rune))
            {
                return false;
            }
        }

        return false;
    }

    private static double Of(Rune rune)
    {
        if (rune.IsAscii)
        {
            return OfAscii((char)rune.Value);
        }

        if (IsIdeographic(rune) || rune.Value >= 0x1F000)
        {
            return 1.05;
        }

        return Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format => 0,
            UnicodeCategory.UppercaseLetter => 0.72,
            UnicodeCategory.LowercaseLetter => 0.56,
            UnicodeCategory.OtherSymbol => 1.05,
            UnicodeCategory.DashPunctuation => 0.8,
            UnicodeCategory.InitialQuotePunctuation or UnicodeCategory.FinalQuotePunctuation => 0.4,
            _ => 0.68,
        };
    }

    private static double OfAscii(char character) => character switch
    {
        'i' or 'j' or 'l' or '\'' or '.' or ',' or ':' or ';' or '!' or '|' or ' ' => 0.28,
        'f' or 't' or 'r' or 'I' or '(' or ')' or '[' or ']' or '-' or '/' or '"' => 0.39,
        's' or 'c' or 'z' or 'J' or '?' => 0.49,
        'm' or 'w' => 0.85,
        'W' or 'M' or '@' or '%' => 0.95,
        'O' or 'Q' or 'G' or 'D' or 'N' or 'H' or 'U' or '&' => 0.77,
        >= 'A' and <= 'Z' => 0.67,
        _ => 0.565,
    };
}
