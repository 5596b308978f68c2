using System.Globalization;
using System.Text;

namespace BooksForYou.Marketplace.Covers;

/// <summary>Writes the SVG of one cover, 240 by 360 units, or of a smaller drawing. Only attributes, no style sheet, so that a content security policy never matters.</summary>
internal sealed class CoverCanvas
{
    public const int Width = 240;
    public const int Height = 360;

    private readonly StringBuilder _svg = new(4096);
    private int _patterns;

    public CoverCanvas(string name, int width = Width, int height = Height)
    {
        _svg.Append(CultureInfo.InvariantCulture, $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img"><title>""");
        Escape(name);
        _svg.Append("</title>");
    }

    public void Rectangle(double x, double y, double width, double height, string fill) =>
        _svg.Append(CultureInfo.InvariantCulture, $"""<path d="M{x:0.#} {y:0.#}h{width:0.#}v{height:0.#}h{-width:0.#}z" fill="{fill}"/>""");

    public void Frame(double inset, double thickness, string colour) => Frame(inset, inset, Width - (2 * inset), Height - (2 * inset), thickness, colour);

    public void Frame(double x, double y, double width, double height, double thickness, string colour) =>
        _svg.Append(CultureInfo.InvariantCulture, $"""<rect x="{x:0.#}" y="{y:0.#}" width="{width:0.#}" height="{height:0.#}" fill="none" stroke="{colour}" stroke-width="{thickness:0.#}"/>""");

    public void Circle(double x, double y, double radius, string fill) =>
        _svg.Append(CultureInfo.InvariantCulture, $"""<circle cx="{x:0.#}" cy="{y:0.#}" r="{radius:0.#}" fill="{fill}"/>""");

    public void Path(string data, string fill) => _svg.Append(CultureInfo.InvariantCulture, $"""<path d="{data}" fill="{fill}"/>""");

    public void Line(double x, double y, double length, double thickness, string colour) => Rectangle(x, y - (thickness / 2), length, thickness, colour);

    public void Emblem(string drawing, double x, double y, double size, CoverPalette palette, string ground) =>
        _svg.Append(CultureInfo.InvariantCulture, $"""<g transform="translate({x:0.#} {y:0.#})scale({size / 100:0.###})">""")
            .Append(Colour(drawing, palette).Replace("$g", ground, StringComparison.Ordinal))
            .Append("</g>");

    public void Field(Pattern pattern, double x, double y, double width, double height, double scale, CoverPalette palette)
    {
        var id = ++_patterns;
        _svg.Append(CultureInfo.InvariantCulture, $"""<pattern id="p{id}" width="{pattern.Width}" height="{pattern.Height}" patternUnits="userSpaceOnUse" patternTransform="scale({scale:0.##})rotate({pattern.Turn})">""")
            .Append(Colour(pattern.Drawing, palette))
            .Append("</pattern>");
        Rectangle(x, y, width, height, $"url(#p{id})");
    }

    /// <summary>Writes lines of text from their top edge downwards.</summary>
    /// <param name="text">The text as set.</param>
    /// <param name="x">The left edge of the box.</param>
    /// <param name="y">The top edge of the first line.</param>
    /// <param name="width">The width of the box, which no line leaves.</param>
    /// <param name="fill">The colour.</param>
    /// <param name="centred">Whether lines are centred in the box or begin at its left edge.</param>
    public void Text(TypesetText text, double x, double y, double width, string fill, bool centred)
    {
        var face = text.Face;
        _svg.Append(CultureInfo.InvariantCulture, $"""<g fill="{fill}" font-family="{face.Family}" font-size="{text.Size:0.#}" font-weight="{face.Weight}" """)
            .Append(centred ? "text-anchor=\"middle\"" : "text-anchor=\"start\"");
        if (face.IsItalic)
        {
            _svg.Append(" font-style=\"italic\"");
        }

        if (face.Spacing > 0)
        {
            _svg.Append(CultureInfo.InvariantCulture, $" letter-spacing=\"{face.Spacing * text.Size:0.##}\"");
        }

        _svg.Append('>');
        var baseline = y + (text.Size * 0.8);
        foreach (var line in text.Lines)
        {
            var rightToLeft = GlyphWidths.IsRightToLeft(line);
            var start = rightToLeft ? x + width : x;
            Line(line, centred ? x + (width / 2) : start, baseline, width, text, rightToLeft);
            baseline += text.Size * face.Leading;
        }

        _svg.Append("</g>");
    }

    public byte[] Finish() => Encoding.UTF8.GetBytes(_svg.Append("</svg>").ToString());

    private void Line(string line, double x, double baseline, double width, TypesetText text, bool rightToLeft)
    {
        _svg.Append(CultureInfo.InvariantCulture, $"""<text x="{x:0.#}" y="{baseline:0.#}" """);
        if (rightToLeft)
        {
            _svg.Append("direction=\"rtl\" ");
        }

        // A font wider than the measure reaches the edge: from four fifths of the box on, the line is held to its length.
        var length = Math.Min(text.Face.Measure(line) * text.Size, width);
        if (length > width * 0.8)
        {
            _svg.Append(CultureInfo.InvariantCulture, $"""textLength="{length:0.#}" lengthAdjust="spacingAndGlyphs" """);
        }

        _svg[^1] = '>';
        Escape(line);
        _svg.Append("</text>");
    }

    private void Escape(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            _ = rune.Value switch
            {
                '<' => _svg.Append("&lt;"),
                '>' => _svg.Append("&gt;"),
                '&' => _svg.Append("&amp;"),
                '"' => _svg.Append("&quot;"),
                < ' ' or 0xFFFE or 0xFFFF => _svg.Append(' '),
                _ => _svg.Append(rune.ToString()),
            };
        }
    }

    private static string Colour(string drawing, CoverPalette palette) =>
        drawing.Replace("$a", palette.Accent, StringComparison.Ordinal).Replace("$b", palette.Second, StringComparison.Ordinal);
}
