using BooksForYou.Marketplace.Covers;

namespace BooksForYou.Marketplace.Tests.Covers;

public sealed class TypesetterTests
{
    private const double Width = 200;
    private const double Height = 120;

    private static readonly Typeface Face = new(Typeface.Serif, 600, 40, 8);

    [Fact]
    public void Fit_any_text_stays_in_the_box()
    {
        const string Letters = "abcdefgim WM-/:, éß雪国語ليلة📚\ud800\u0301\u200d\n\0";
        for (var seed = 0; seed < 2_000; seed++)
        {
            var random = new Random(seed);
            var text = string.Concat(random.GetItems<char>(Letters, random.Next(200)));

            Assert.True(StaysInBox(text, Face), $"Seed {seed}: {text}");
        }
    }

    [Fact]
    public void Fit_hard_titles_stay_in_the_box() => Assert.All(HardTitles.All, title => Assert.True(StaysInBox(title, Face), title));

    [Fact]
    public void Fit_short_text_gets_the_largest_size()
    {
        var text = Typesetter.Fit("It", Width, Height, Face);

        Assert.Equal(40, text.Size);
        Assert.Equal(["It"], text.Lines);
    }

    [Fact]
    public void Fit_two_lines_are_of_even_length()
    {
        var text = Typesetter.Fit("The Left Hand of Darkness", Width, 80, Face);

        var lengths = text.Lines.Select(Face.Measure).ToList();
        Assert.True(lengths.Min() > lengths.Max() * 0.5, string.Join(" / ", text.Lines));
    }

    [Fact]
    public void Fit_words_are_not_broken_while_they_fit()
    {
        var text = Typesetter.Fit("How to Win Friends and Influence People", 120, Height, Face);

        Assert.Equal("How to Win Friends and Influence People", string.Join(' ', text.Lines));
    }

    [Fact]
    public void Fit_word_longer_than_the_box_is_broken_at_a_readable_size()
    {
        var text = Typesetter.Fit("Donaudampfschifffahrtselektrizitätenhauptbetriebswerk", Width, Height, Face);

        Assert.True(text.Lines.Count > 1);
        Assert.True(text.Size > 12, $"The size is {text.Size}.");
    }

    [Fact]
    public void Fit_more_text_than_fits_ends_with_an_ellipsis()
    {
        var text = Typesetter.Fit(string.Join(' ', Enumerable.Repeat("more", 500)), Width, Height, Face);

        Assert.EndsWith("…", text.Lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_emoji_families_are_not_taken_apart()
    {
        var text = Typesetter.Fit(string.Concat(Enumerable.Repeat("👩‍👩‍👧‍👦", 30)), Width, Height, Face);

        Assert.All(text.Lines.SkipLast(1), line => Assert.Equal(0, line.Length % "👩‍👩‍👧‍👦".Length));
    }

    private static bool StaysInBox(string text, Typeface face)
    {
        var set = Typesetter.Fit(text, Width, Height, face);
        return set.Height <= Height + 0.01 && set.Size <= face.LargestSize && set.Lines.All(line => line.Length > 0);
    }
}
