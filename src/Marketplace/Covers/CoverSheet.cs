namespace BooksForYou.Marketplace.Covers;

/// <summary>A cover while it is drawn.</summary>
/// <param name="Canvas">Where it is drawn.</param>
/// <param name="Palette">Its colours.</param>
/// <param name="Style">The look of its category.</param>
/// <param name="Choices">The book's own sequence of choices.</param>
/// <param name="Title">The title.</param>
/// <param name="Author">The authors, or empty.</param>
internal sealed record CoverSheet(CoverCanvas Canvas, CoverPalette Palette, CoverStyle Style, CoverChoices Choices, CoverTitle Title, string Author)
{
    public void Fill(string colour) => Canvas.Rectangle(0, 0, CoverCanvas.Width, CoverCanvas.Height, colour);

    /// <summary>Sets the title, and the subtitle below it, into a box.</summary>
    /// <param name="x">The left edge of the box.</param>
    /// <param name="y">The top edge of the box.</param>
    /// <param name="width">The width of the box.</param>
    /// <param name="height">The height of the box.</param>
    /// <param name="face">How the title is set.</param>
    /// <param name="colour">The colour of the type.</param>
    /// <param name="centred">Whether lines are centred.</param>
    /// <param name="place">Where the text stands in the box: 0 at the top, 1 at the foot.</param>
    /// <returns>Where the text ends.</returns>
    public double SetTitle(double x, double y, double width, double height, Typeface face, string colour, bool centred, double place)
    {
        var hasSubtitle = Title.Subtitle.Length > 0;
        var main = Typesetter.Fit(Title.Main, width, hasSubtitle ? height * 0.66 : height, face);
        var subtitle = hasSubtitle
            ? Typesetter.Fit(Title.Subtitle, width, height * 0.28, face with { LargestSize = Math.Min(16, main.Size * 0.6), SmallestSize = 6, Weight = 400, Spacing = 0, IsUppercase = false, Leading = 1.2 })
            : null;
        var gap = hasSubtitle ? height * 0.04 : 0;
        var top = y + ((height - main.Height - gap - (subtitle?.Height ?? 0)) * place);
        Canvas.Text(main, x, top, width, colour, centred);
        if (subtitle is not null)
        {
            Canvas.Text(subtitle, x, top + main.Height + gap, width, colour, centred);
        }

        return top + main.Height + gap + (subtitle?.Height ?? 0);
    }

    /// <summary>Sets the authors into a box.</summary>
    /// <param name="x">The left edge of the box.</param>
    /// <param name="y">The top edge of the box.</param>
    /// <param name="width">The width of the box.</param>
    /// <param name="height">The height of the box.</param>
    /// <param name="face">How the authors are set.</param>
    /// <param name="colour">The colour of the type.</param>
    /// <param name="centred">Whether lines are centred.</param>
    /// <param name="place">Where the text stands in the box: 0 at the top, 1 at the foot.</param>
    /// <returns>Where the text ends.</returns>
    public double SetAuthor(double x, double y, double width, double height, Typeface face, string colour, bool centred, double place)
    {
        var author = Typesetter.Fit(Author, width, height, face);
        var top = y + ((height - author.Height) * place);
        Canvas.Text(author, x, top, width, colour, centred);
        return top + author.Height;
    }
}
