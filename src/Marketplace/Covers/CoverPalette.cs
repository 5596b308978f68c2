namespace BooksForYou.Marketplace.Covers;

/// <summary>The four colours of a cover, each as <c>#rrggbb</c>.</summary>
/// <param name="Ground">What the cover is printed on.</param>
/// <param name="Ink">The type; readable on the ground (WCAG 2.2, 1.4.3: at least 4.5 to 1).</param>
/// <param name="Accent">The first colour of the drawing.</param>
/// <param name="Second">The second colour of the drawing.</param>
internal sealed record CoverPalette(string Ground, string Ink, string Accent, string Second)
{
    /// <summary>The lighter one of ground and ink: the colour of a label pasted on the cover.</summary>
    public string Paper => Luminance(Ground) > Luminance(Ink) ? Ground : Ink;

    /// <summary>The darker one of ground and ink: the type on a label.</summary>
    public string PaperInk => Luminance(Ground) > Luminance(Ink) ? Ink : Ground;

    /// <summary>The contrast of two colours, from 1 to 21 (WCAG 2.2, definition of contrast ratio).</summary>
    /// <param name="one">A colour as <c>#rrggbb</c>.</param>
    /// <param name="other">Another colour as <c>#rrggbb</c>.</param>
    public static double Contrast(string one, string other)
    {
        var (a, b) = (Luminance(one), Luminance(other));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    /// <summary>A colour between two others.</summary>
    /// <param name="from">The colour at 0.</param>
    /// <param name="to">The colour at 1.</param>
    /// <param name="share">How far on the way, from 0 to 1.</param>
    public static string Mix(string from, string to, double share)
    {
        var mixed = new int[3];
        for (var i = 0; i < 3; i++)
        {
            mixed[i] = (int)Math.Round((Channel(from, i) * (1 - share)) + (Channel(to, i) * share));
        }

        return $"#{mixed[0]:x2}{mixed[1]:x2}{mixed[2]:x2}";
    }

    private static double Luminance(string colour) =>
        (0.2126 * Linear(Channel(colour, 0))) + (0.7152 * Linear(Channel(colour, 1))) + (0.0722 * Linear(Channel(colour, 2)));

    private static double Linear(int channel)
    {
        var share = channel / 255.0;
        return share <= 0.04045 ? share / 12.92 : Math.Pow((share + 0.055) / 1.055, 2.4);
    }

    private static int Channel(string colour, int index) => Convert.ToInt32(colour.Substring(1 + (2 * index), 2), 16);
}
