using System.Globalization;
using System.Text;

namespace BooksForYou.Marketplace.Covers;

/// <summary>Sets text into a box: the largest size at which it fits, in lines of even length.</summary>
internal static class Typesetter
{
    private const double ReadableSize = 15;
    private const string Ellipsis = "…";

    /// <summary>Sets text into a box.</summary>
    /// <param name="text">The text, of any length and in any script.</param>
    /// <param name="width">The width of the box.</param>
    /// <param name="height">The height of the box.</param>
    /// <param name="face">How the text is set.</param>
    /// <returns>Lines that stay inside the box.</returns>
    public static TypesetText Fit(string text, double width, double height, Typeface face)
    {
        var clean = Clean(text, face.IsUppercase);
        for (var size = face.LargestSize; size > face.SmallestSize; size *= 0.95)
        {
            // A word that is too long for a readable size is broken; many words get a smaller size instead.
            var mayBreakWords = size < ReadableSize && Wrap(clean, width / ReadableSize, face, mayBreakWords: false) is null;
            if (TryWrap(clean, width / size, height, size, face, mayBreakWords) is { } lines)
            {
                return new TypesetText(size, face, lines);
            }
        }

        return FitSmallest(clean, width, height, face);
    }

    private static TypesetText FitSmallest(string text, double width, double height, Typeface face)
    {
        var size = face.SmallestSize;
        if (TryWrap(text, width / size, height, size, face, mayBreakWords: true) is { } lines)
        {
            return new TypesetText(size, face, lines);
        }

        var room = Math.Max(1, LinesThatFit(height, size, face));
        var kept = Wrap(text, width / size, face, mayBreakWords: true)![..room];
        kept[^1] = Shorten(kept[^1], width / size, face);
        return new TypesetText(size, face, kept);
    }

    private static string Shorten(string line, double width, Typeface face)
    {
        var graphemes = Graphemes(line);
        while (graphemes.Count > 1 && face.Measure(string.Concat(graphemes) + Ellipsis) > width)
        {
            graphemes.RemoveAt(graphemes.Count - 1);
        }

        return string.Concat(graphemes).TrimEnd() + Ellipsis;
    }

    private static List<string>? TryWrap(string text, double width, double height, double size, Typeface face, bool mayBreakWords)
    {
        if (Wrap(text, width, face, mayBreakWords) is not { } lines || lines.Count > Math.Min(face.MostLines, LinesThatFit(height, size, face)))
        {
            return null;
        }

        return Balance(text, width, face, mayBreakWords, lines);
    }

    private static int LinesThatFit(double height, double size, Typeface face) => (int)(((height / size) + face.Leading - 1) / face.Leading);

    /// <summary>The narrowest column with the same number of lines has lines of even length.</summary>
    private static List<string> Balance(string text, double width, Typeface face, bool mayBreakWords, List<string> lines)
    {
        var best = lines;
        var (narrow, wide) = (width / 3, width);
        for (var step = 0; step < 7 && lines.Count > 1; step++)
        {
            var middle = (narrow + wide) / 2;
            if (Wrap(text, middle, face, mayBreakWords) is { } candidate && candidate.Count == lines.Count)
            {
                (best, wide) = (candidate, middle);
            }
            else
            {
                narrow = middle;
            }
        }

        return best;
    }

    private static List<string>? Wrap(string text, double width, Typeface face, bool mayBreakWords)
    {
        var lines = new List<string>();
        var line = new StringBuilder();
        var used = 0.0;
        foreach (var piece in Pieces(text, width, face, mayBreakWords))
        {
            var needed = face.Measure(piece.TrimEnd());
            if (needed > width)
            {
                return null;
            }

            if (used + needed > width && line.Length > 0)
            {
                lines.Add(line.ToString().TrimEnd());
                line.Clear();
                used = 0;
            }

            line.Append(piece);
            used += face.Measure(piece);
        }

        if (line.Length > 0)
        {
            lines.Add(line.ToString().TrimEnd());
        }

        return lines;
    }

    /// <summary>The parts between which a line may be broken; each ends with its own space or hyphen.</summary>
    private static IEnumerable<string> Pieces(string text, double width, Typeface face, bool mayBreakWords)
    {
        var piece = new StringBuilder();
        foreach (var grapheme in Graphemes(text))
        {
            var ideographic = GlyphWidths.IsIdeographic(Rune.GetRuneAt(grapheme, 0));
            var full = mayBreakWords && grapheme != " " && face.Measure(piece + grapheme) > width;
            if (piece.Length > 0 && ((ideographic && !IsOpening(piece[^1])) || full))
            {
                yield return piece.ToString();
                piece.Clear();
            }

            piece.Append(grapheme);
            if (grapheme is " " or "-" or "–" or "—" or "/" || ideographic)
            {
                yield return piece.ToString();
                piece.Clear();
            }
        }

        if (piece.Length > 0)
        {
            yield return piece.ToString();
        }
    }

    private static bool IsOpening(char character) => character is '(' or '[' or '"' or '“' or '‘' or '「' or '『' or '《' or '（';

    private static List<string> Graphemes(string text)
    {
        var graphemes = new List<string>(text.Length);
        var elements = StringInfo.GetTextElementEnumerator(text);
        while (elements.MoveNext())
        {
            graphemes.Add(elements.GetTextElement());
        }

        return graphemes;
    }

    /// <summary>One space between words, and no character that XML forbids (XML 1.0, section 2.2).</summary>
    private static string Clean(string text, bool uppercase)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune) || Rune.IsControl(rune))
            {
                if (clean.Length > 0 && clean[^1] != ' ')
                {
                    clean.Append(' ');
                }
            }
            else if (rune.Value is not (0xFFFE or 0xFFFF))
            {
                clean.Append((uppercase ? Rune.ToUpperInvariant(rune) : rune).ToString());
            }
        }

        return clean.ToString().TrimEnd();
    }
}
