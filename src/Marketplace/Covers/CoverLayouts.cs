namespace BooksForYou.Marketplace.Covers;

/// <summary>The ways in which a cover is laid out. A sheet is 240 by 360 units; type stays 18 or more from its edges.</summary>
internal static class CoverLayouts
{
    private static readonly Typeface SerifTitle = new(Typeface.Serif, 600, 36, 9);
    private static readonly Typeface DisplayTitle = new(Typeface.Display, 500, 40, 9, Leading: 1.1);
    private static readonly Typeface SansTitle = new(Typeface.Sans, 900, 42, 9, Leading: 1.05);
    private static readonly Typeface LightTitle = new(Typeface.Sans, 300, 38, 9, Leading: 1.12);
    private static readonly Typeface CapitalTitle = new(Typeface.Sans, 900, 52, 9, Leading: 1.0, IsUppercase: true);
    private static readonly Typeface SpacedTitle = new(Typeface.Serif, 500, 30, 8, Leading: 1.25, Spacing: 0.06, IsUppercase: true);
    private static readonly Typeface SmallCapitals = new(Typeface.Sans, 600, 12.5, 6, Leading: 1.35, Spacing: 0.1, IsUppercase: true);
    private static readonly Typeface ItalicAuthor = new(Typeface.Serif, 400, 16, 7, Leading: 1.25, IsItalic: true);
    private static readonly Typeface SansAuthor = new(Typeface.Sans, 500, 16, 7, Leading: 1.25);

    /// <summary>A pattern all over, and a paper label with a double rule.</summary>
    public static void Label(CoverSheet sheet)
    {
        var (canvas, palette) = (sheet.Canvas, sheet.Palette);
        sheet.Fill(palette.Ground);
        canvas.Field(sheet.Choices.Pick(sheet.Style.Patterns), 0, 0, 240, 360, 1.15, palette);
        canvas.Rectangle(26, 62, 188, 206, palette.Paper);
        canvas.Frame(32, 68, 176, 194, 2, palette.PaperInk);
        canvas.Frame(36.5, 72.5, 167, 185, 0.8, palette.PaperInk);
        sheet.SetTitle(46, 84, 148, 112, sheet.Choices.Next(2) == 0 ? SpacedTitle : SerifTitle, palette.PaperInk, centred: true, place: 0.5);
        canvas.Line(100, 209, 40, 1.2, palette.PaperInk);
        sheet.SetAuthor(46, 217, 148, 32, ItalicAuthor, palette.PaperInk, centred: true, place: 0.45);
    }

    /// <summary>Three bands; the type stands on the light one in the middle.</summary>
    public static void Bands(CoverSheet sheet)
    {
        var (canvas, palette) = (sheet.Canvas, sheet.Palette);
        sheet.Fill(palette.Accent);
        canvas.Rectangle(0, 104, 240, 168, palette.Paper);
        canvas.Rectangle(0, 97, 240, 3, palette.Paper);
        canvas.Rectangle(0, 276, 240, 3, palette.Paper);
        var muted = palette with { Accent = palette.Paper, Second = CoverPalette.Mix(palette.Accent, palette.Paper, 0.6) };
        canvas.Emblem(sheet.Choices.Pick(sheet.Style.Emblems), 92, 20, 56, muted, palette.Accent);
        canvas.Field(sheet.Choices.Pick(sheet.Style.Patterns), 0, 292, 240, 68, 1, palette with { Accent = CoverPalette.Mix(palette.Accent, palette.Paper, 0.35), Second = CoverPalette.Mix(palette.Accent, palette.PaperInk, 0.3) });
        sheet.SetTitle(20, 118, 200, 104, SerifTitle, palette.PaperInk, centred: true, place: 0.5);
        sheet.SetAuthor(20, 230, 200, 32, SmallCapitals, palette.PaperInk, centred: true, place: 0.6);
    }

    /// <summary>Capitals as large as they go, and little else.</summary>
    public static void Poster(CoverSheet sheet)
    {
        var (canvas, palette) = (sheet.Canvas, sheet.Palette);
        sheet.Fill(palette.Ground);
        var titleEnd = sheet.SetTitle(20, 26, 200, 176, CapitalTitle, palette.Ink, centred: false, place: 0);
        canvas.Rectangle(20, titleEnd + 10, 44, 6, palette.Accent);
        var authorEnd = sheet.SetAuthor(20, titleEnd + 28, 200, 36, SansAuthor, palette.Ink, centred: false, place: 0);
        var size = Math.Min(170, 326 - authorEnd);
        canvas.Emblem(sheet.Choices.Pick(sheet.Style.Emblems), 222 - size, 342 - size, size, palette, palette.Ground);
    }

    /// <summary>A landscape below, the title in its sky.</summary>
    public static void Horizon(CoverSheet sheet)
    {
        var palette = sheet.Palette;
        sheet.Fill(palette.Ground);
        sheet.Choices.Pick(sheet.Style.Scenes)(sheet.Canvas, palette, sheet.Choices);
        sheet.SetAuthor(20, 22, 200, 30, SmallCapitals, palette.Ink, centred: true, place: 0);
        sheet.SetTitle(20, 58, 200, 100, DisplayTitle, palette.Ink, centred: true, place: 0.4);
    }

    /// <summary>A drawing in a frame, with the type below it.</summary>
    public static void Emblem(CoverSheet sheet)
    {
        var (canvas, palette) = (sheet.Canvas, sheet.Palette);
        sheet.Fill(palette.Ground);
        canvas.Frame(11, 1.6, palette.Accent);
        canvas.Frame(15, 0.6, palette.Accent);
        canvas.Emblem(sheet.Choices.Pick(sheet.Style.Emblems), 68, 40, 104, palette, palette.Ground);
        sheet.SetTitle(28, 166, 184, 112, DisplayTitle, palette.Ink, centred: true, place: 0.5);
        canvas.Line(108, 291, 24, 1.4, palette.Accent);
        sheet.SetAuthor(28, 300, 184, 30, SmallCapitals, palette.Ink, centred: true, place: 0.4);
    }

    /// <summary>A patterned strip along the spine, the type beside it.</summary>
    public static void Split(CoverSheet sheet)
    {
        var (canvas, palette) = (sheet.Canvas, sheet.Palette);
        sheet.Fill(palette.Ground);
        canvas.Rectangle(0, 0, 58, 360, CoverPalette.Mix(palette.Ground, palette.Accent, 0.25));
        canvas.Field(sheet.Choices.Pick(sheet.Style.Patterns), 0, 0, 58, 360, 1, palette);
        canvas.Rectangle(58, 0, 2.5, 360, palette.Ink);
        sheet.SetTitle(76, 34, 144, 196, sheet.Choices.Next(2) == 0 ? LightTitle : SerifTitle, palette.Ink, centred: false, place: 0);
        sheet.SetAuthor(76, 262, 144, 66, ItalicAuthor, palette.Ink, centred: false, place: 1);
    }

    /// <summary>A large drawing that the corner of the sheet cuts off.</summary>
    public static void Corner(CoverSheet sheet)
    {
        var (canvas, palette) = (sheet.Canvas, sheet.Palette);
        sheet.Fill(palette.Ground);
        canvas.Circle(200, 300, 124, CoverPalette.Mix(palette.Ground, palette.Accent, 0.22));
        canvas.Emblem(sheet.Choices.Pick(sheet.Style.Emblems), 104, 196, 150, palette, CoverPalette.Mix(palette.Ground, palette.Accent, 0.22));
        sheet.SetAuthor(20, 22, 200, 28, SmallCapitals, palette.Ink, centred: false, place: 0);
        sheet.SetTitle(20, 58, 200, 128, SansTitle, palette.Ink, centred: false, place: 0);
    }

    /// <summary>Rings that rise from the foot, with the title between two rules.</summary>
    public static void Rings(CoverSheet sheet)
    {
        var (canvas, palette) = (sheet.Canvas, sheet.Palette);
        sheet.Fill(palette.Ground);
        var x = 60 * (1 + sheet.Choices.Next(3));
        for (var ring = 7; ring > 0; ring--)
        {
            canvas.Circle(x, 366, ring * 23, ring % 2 == 0 ? palette.Ground : CoverPalette.Mix(palette.Accent, palette.Second, (7 - ring) / 6.0));
        }

        canvas.Line(24, 30, 192, 2, palette.Ink);
        sheet.SetTitle(24, 42, 192, 92, LightTitle, palette.Ink, centred: true, place: 0.5);
        canvas.Line(24, 146, 192, 2, palette.Ink);
        sheet.SetAuthor(24, 156, 192, 28, SmallCapitals, palette.Ink, centred: true, place: 0);
    }
}
