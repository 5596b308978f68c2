using BooksForYou.Contracts.Inventory.V1;

namespace BooksForYou.Marketplace.Covers;

/// <summary>Prints the cover of a book from its title, author and category. The same book gets the same cover in every process.</summary>
internal static class CoverPress
{
    private static readonly IReadOnlyList<Action<CoverSheet>> Layouts =
        [CoverLayouts.Label, CoverLayouts.Bands, CoverLayouts.Poster, CoverLayouts.Horizon, CoverLayouts.Emblem, CoverLayouts.Split, CoverLayouts.Corner, CoverLayouts.Rings];

    /// <summary>How many layouts there are.</summary>
    public static int LayoutCount => Layouts.Count;

    /// <summary>Prints a cover.</summary>
    /// <param name="title">The title, of any length and in any script.</param>
    /// <param name="author">The authors, separated by commas; may be empty.</param>
    /// <param name="category">The shelf, which gives colours and drawings.</param>
    /// <returns>An SVG document in UTF-8.</returns>
    public static byte[] Print(string title, string author, BookCategory category)
    {
        var choices = new CoverChoices(title, author);
        var style = CoverStyles.Of(category);
        var layout = choices.Pick(Layouts);
        var canvas = new CoverCanvas(author.Length == 0 ? title : $"{title}, {author}");
        layout(new CoverSheet(canvas, choices.Pick(style.Palettes), style, choices, CoverTitle.Of(title), author));
        return canvas.Finish();
    }

    /// <summary>Prints the drawing that stands for a category.</summary>
    /// <param name="category">The category.</param>
    /// <returns>An SVG document in UTF-8, 100 by 100 units.</returns>
    public static byte[] PrintEmblem(BookCategory category)
    {
        var style = CoverStyles.Of(category);
        var palette = style.Palettes[0];
        var canvas = new CoverCanvas("", 100, 100);
        canvas.Rectangle(0, 0, 100, 100, palette.Ground);
        canvas.Emblem(style.Emblems[0], 22, 22, 56, palette, palette.Ground);
        return canvas.Finish();
    }
}
