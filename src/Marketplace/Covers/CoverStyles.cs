using System.Collections.Frozen;
using BooksForYou.Contracts.Inventory.V1;

namespace BooksForYou.Marketplace.Covers;

/// <summary>The look of each category.</summary>
internal static class CoverStyles
{
    private static readonly CoverStyle General = new(
        [new("#2f3e46", "#f4efe4", "#84a98c", "#cad2c5"), new("#f3eadb", "#3a2a20", "#b5583a", "#d9b382"), new("#523249", "#f7ece1", "#c98ca7", "#e7c9a9")],
        [Emblems.Compass, Emblems.Window, Emblems.Bird, Emblems.Tree],
        [Patterns.Stripes, Patterns.Tiles, Patterns.Waves],
        [Scenes.Hills, Scenes.Sea]);

    private static readonly FrozenDictionary<BookCategory, CoverStyle> ByCategory = new Dictionary<BookCategory, CoverStyle>
    {
        [BookCategory.Mystery] = new(
            [new("#14213d", "#f5ecd7", "#e0a526", "#7a8bab"), new("#2b1a1d", "#f3e3d3", "#b3202e", "#7d5a50"), new("#efe3cb", "#241a16", "#9c1c28", "#2e4a4a"), new("#0f3b3a", "#f4ead5", "#d9a441", "#5f9188"), new("#e9b62f", "#1b1712", "#1b1712", "#8f2d1f")],
            [Emblems.Keyhole, Emblems.Magnifier, Emblems.Eye, Emblems.Dagger, Emblems.Candle, Emblems.Key],
            [Patterns.Stripes, Patterns.Diamonds, Patterns.Zigzag],
            [Scenes.Skyline]),
        [BookCategory.ScienceFiction] = new(
            [new("#0b1d3a", "#f2f0e6", "#f26b38", "#4f86c6"), new("#1d1135", "#f6ecff", "#e4508f", "#6f5bd0"), new("#e8ded0", "#152238", "#d9542b", "#2a7f8e"), new("#062f33", "#e9f5ee", "#f2b134", "#2f8f83"), new("#b93a24", "#fff6e6", "#2a1130", "#f4b860")],
            [Emblems.Planet, Emblems.Rocket, Emblems.Moon, Emblems.Atom, Emblems.Eye],
            [Patterns.Stars, Patterns.Dots, Patterns.Zigzag],
            [Scenes.Peaks, Scenes.Skyline]),
        [BookCategory.SelfHelp] = new(
            [new("#f7efe2", "#23395b", "#e4793a", "#7fb3a8"), new("#1f6f78", "#fdf6e8", "#f6c667", "#a5d0c4"), new("#f4c95d", "#2b2118", "#c8472f", "#fff3cf"), new("#fbf3ee", "#5a2a45", "#c85c7c", "#e9b7a6")],
            [Emblems.Sunrise, Emblems.Stairs, Emblems.Sprout, Emblems.Compass, Emblems.Hourglass],
            [Patterns.Dots, Patterns.Tiles, Patterns.Waves],
            [Scenes.Hills, Scenes.Sea]),
        [BookCategory.Fantasy] = new(
            [new("#1b3a2f", "#f4ecd2", "#d4a24c", "#5f8d6e"), new("#3a1c4a", "#f8ead6", "#d9954c", "#8c6bb1"), new("#ede0c4", "#3a2416", "#8c3b2a", "#4f6d4a"), new("#122b45", "#f2ead8", "#c9a24b", "#5b8db8"), new("#5a1a1a", "#f7e6c8", "#dba04a", "#9a5b3c")],
            [Emblems.Castle, Emblems.Crown, Emblems.Moon, Emblems.Key, Emblems.Tree],
            [Patterns.Scales, Patterns.Stars, Patterns.Diamonds],
            [Scenes.Peaks, Scenes.Hills]),
        [BookCategory.Classics] = new(
            [new("#22392f", "#f3ead3", "#c2a14d", "#7f9a83"), new("#f1e7d3", "#3b1f1b", "#8d2f2a", "#c6a15b"), new("#5b1f2a", "#f6e9d6", "#d2a65a", "#a96a63"), new("#1f2f4d", "#f3ead8", "#bfa15a", "#7688a8"), new("#d8cdb4", "#2a2a24", "#5c6b4a", "#9b7d4a")],
            [Emblems.Quill, Emblems.Flower, Emblems.Sailboat, Emblems.Candle, Emblems.Bird, Emblems.Compass],
            [Patterns.Leaves, Patterns.Scales, Patterns.Tiles, Patterns.Diamonds],
            [Scenes.Hills, Scenes.Sea]),
        [BookCategory.Fiction] = new(
            [new("#f6e7d8", "#2d2a4a", "#e2725b", "#6c8fb0"), new("#264653", "#fbf1df", "#e9a15b", "#7fb2a6"), new("#e5653f", "#241008", "#fbe3c0", "#9c2f2f"), new("#f2f0e9", "#1f1f1f", "#2f6f73", "#e0b04b"), new("#3d2c4f", "#fbeee0", "#e8927c", "#9f86c0")],
            [Emblems.Window, Emblems.Bird, Emblems.Chair, Emblems.Sailboat, Emblems.Shell, Emblems.Lighthouse],
            [Patterns.Waves, Patterns.Tiles, Patterns.Weave, Patterns.Stripes],
            [Scenes.Sea, Scenes.Hills, Scenes.Skyline]),
        [BookCategory.Thriller] = new(
            [new("#141414", "#f4f1ea", "#d7262b", "#6b6b6b"), new("#101c2b", "#f1f1ec", "#e8482d", "#40627d"), new("#c5161d", "#fff5ea", "#190808", "#f0c24b"), new("#e8e3d8", "#161616", "#b3121b", "#5c6a70"), new("#0e2a2a", "#eef3ea", "#e3c128", "#3f7373")],
            [Emblems.Eye, Emblems.Dagger, Emblems.Keyhole, Emblems.Lighthouse, Emblems.Hourglass],
            [Patterns.Stripes, Patterns.Zigzag, Patterns.Weave],
            [Scenes.Skyline, Scenes.Peaks]),
        [BookCategory.Romance] = new(
            [new("#f8e4de", "#5a1830", "#d94f6a", "#e8a598"), new("#8c1f45", "#fff0ea", "#f4a7a0", "#d9607e"), new("#fdf1e4", "#3c2a4d", "#c75b7a", "#8fa6c9"), new("#2f4858", "#fdeee6", "#f08a7b", "#8fb8b0"), new("#f2b8ae", "#4a1226", "#b3324f", "#fff1e6")],
            [Emblems.Heart, Emblems.Flower, Emblems.Shell, Emblems.Bird, Emblems.Moon],
            [Patterns.Scales, Patterns.Leaves, Patterns.Tiles, Patterns.Waves],
            [Scenes.Sea, Scenes.Hills]),
        [BookCategory.History] = new(
            [new("#e9dcc0", "#2e2013", "#8a3b1e", "#56654a"), new("#3b2a1f", "#f3e5c8", "#c9963f", "#8f6b4a"), new("#1f3642", "#f2e9d5", "#c67b3c", "#6d8f98"), new("#6e1f1f", "#f7ead3", "#dcae58", "#a4574a")],
            [Emblems.Columns, Emblems.Crown, Emblems.Compass, Emblems.Sailboat, Emblems.Hourglass],
            [Patterns.Diamonds, Patterns.Tiles, Patterns.Weave, Patterns.Stripes],
            [Scenes.Peaks, Scenes.Sea]),
        [BookCategory.Biography] = new(
            [new("#f0e8dc", "#24343f", "#b4552f", "#9fb0ac"), new("#2a3d3a", "#f5ecdd", "#d3a15a", "#7d9c93"), new("#d9c3a5", "#2b1d14", "#7d3a28", "#f4ead9"), new("#1d2436", "#f3eee2", "#cf8f5a", "#6f7fa3")],
            [Emblems.Portrait, Emblems.Quill, Emblems.Chair, Emblems.Window],
            [Patterns.Stripes, Patterns.Dots, Patterns.Weave],
            [Scenes.Hills, Scenes.Skyline]),
        [BookCategory.Science] = new(
            [new("#0f2f4f", "#eef5f5", "#45b8ac", "#f2c14e"), new("#f4f1e6", "#12344d", "#d8572a", "#3c91a5"), new("#133c2e", "#f0f5e4", "#a8c256", "#4f9d7e"), new("#24123a", "#f4eefb", "#f29e4c", "#8367c7")],
            [Emblems.Atom, Emblems.Sprout, Emblems.Shell, Emblems.Planet, Emblems.Tree, Emblems.Mountains],
            [Patterns.Dots, Patterns.Leaves, Patterns.Waves, Patterns.Stars],
            [Scenes.Hills, Scenes.Peaks, Scenes.Sea]),
        [BookCategory.Children] = new(
            [new("#fbd65b", "#3a2130", "#e4572e", "#2e86ab"), new("#8fd0c7", "#24304a", "#f25f5c", "#fff1c9"), new("#f6efe0", "#2b3a67", "#e98a15", "#59a96a"), new("#2d6a8e", "#fff7e0", "#f9c74f", "#f3722c"), new("#f28f79", "#3b1430", "#fff0d4", "#5b5ea6")],
            [Emblems.Balloon, Emblems.Kite, Emblems.Sailboat, Emblems.Tree, Emblems.Moon, Emblems.Castle],
            [Patterns.Dots, Patterns.Stars, Patterns.Zigzag, Patterns.Waves],
            [Scenes.Hills, Scenes.Sea]),
    }.ToFrozenDictionary();

    /// <summary>The look of a category; a general one where there is none.</summary>
    public static CoverStyle Of(BookCategory category) => ByCategory.GetValueOrDefault(category, General);

    /// <summary>Every palette that a cover may have.</summary>
    public static IEnumerable<CoverPalette> AllPalettes => ByCategory.Values.Append(General).SelectMany(style => style.Palettes);
}
