namespace BooksForYou.Marketplace.Covers;

/// <summary>What the covers of a category are made of.</summary>
/// <param name="Palettes">The colours to choose from.</param>
/// <param name="Emblems">The drawings to choose from.</param>
/// <param name="Patterns">The patterns to choose from.</param>
/// <param name="Scenes">The landscapes to choose from.</param>
internal sealed record CoverStyle(
    IReadOnlyList<CoverPalette> Palettes,
    IReadOnlyList<string> Emblems,
    IReadOnlyList<Pattern> Patterns,
    IReadOnlyList<Action<CoverCanvas, CoverPalette, CoverChoices>> Scenes);
