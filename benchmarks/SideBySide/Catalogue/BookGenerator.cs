using System.Globalization;
using System.Text;
using BooksForYou.Contracts.Inventory.V1;

namespace BooksForYou.SideBySide.Catalogue;

/// <summary>
/// Makes a catalogue of any size, the same each time. Words come as often as in real titles: a few are in very many books, most in very few
/// (Zipf's law), and so do authors. The first ten thousand books of a million are the catalogue of ten thousand.
/// </summary>
internal sealed class BookGenerator
{
    private const int Seed = 20_26;
    private const int RareWords = 60_000;
    private const int Surnames = 30_000;

    private static readonly string[] Common =
    [
        "love", "night", "house", "life", "secret", "girl", "world", "king", "dark", "last", "death", "blood", "time", "heart", "book",
        "lost", "man", "stone", "road", "shadow", "fire", "story", "city", "game", "star", "garden", "light", "winter", "moon", "sea",
        "bone", "war", "river", "daughter", "dream", "summer", "island", "queen", "child", "ghost", "glass", "promise", "magic", "silence",
        "history", "mountain", "letter", "angel", "wolf", "crown", "memory", "storm", "truth", "wife", "forest", "dragon", "murder", "snow",
        "golden", "hidden", "broken", "little", "perfect", "wild", "silver", "red", "black", "white", "blue", "green", "long", "beautiful",
        "château", "café", "señor", "über", "fjörd", "naïve", "crème", "niño",
    ];

    private static readonly string[] FirstNames =
    [
        "Anna", "James", "Maria", "John", "Elena", "David", "Sarah", "Peter", "Laura", "Thomas", "Jane", "Michael", "Agatha", "Robert", "Clara",
        "Daniel", "Ingrid", "Pablo", "Zoë", "André", "Søren", "Björn", "Chloé", "José", "Emily", "George", "Virginia", "Leo", "Nora", "Victor",
    ];

    private static readonly string[] Onsets = ["b", "br", "c", "cl", "d", "dr", "f", "g", "gr", "h", "k", "l", "m", "n", "p", "r", "s", "st", "t", "v", "w"];
    private static readonly string[] Nuclei = ["a", "e", "i", "o", "u", "ai", "ea", "ou", "ie"];
    private static readonly string[] Codas = ["", "", "n", "r", "l", "s", "t", "nd", "rt", "ck", "m"];
    private static readonly BookCategory[] Categories = [.. Enum.GetValues<BookCategory>().Where(category => category != BookCategory.Unspecified)];

    private readonly string[] _words;
    private readonly string[] _authors;
    private readonly double[] _wordWeights;
    private readonly double[] _authorWeights;

    public BookGenerator()
    {
        var random = new Random(Seed);
        _words = [.. Common, .. Enumerable.Range(0, RareWords).Select(_ => Invent(random, 2, 4)).Distinct()];
        _authors = [.. Enumerable.Range(0, Surnames).Select(i => $"{FirstNames[random.Next(FirstNames.Length)]} {Capital(Invent(random, 2, 3))}").Distinct()];
        _wordWeights = Zipf(_words.Length, 1.0);
        _authorWeights = Zipf(_authors.Length, 0.6);
    }

    /// <summary>Makes the book of a number, which begins with 0.</summary>
    public GeneratedBook Make(int number)
    {
        var random = new Random(HashCode(number));
        return new GeneratedBook(
            Title(random),
            _authors[Pick(random, _authorWeights)],
            1900 + random.Next(126),
            Isbn(number),
            Categories[random.Next(Categories.Length)],
            $"{Capital(Sentence(random))}. {Capital(Sentence(random))}.",
            599 + (100 * random.Next(30)));
    }

    private static string Isbn(int number)
    {
        var digits = string.Create(CultureInfo.InvariantCulture, $"978{number + 100_000_000}");
        var sum = digits.Select((digit, i) => (digit - '0') * (i % 2 == 0 ? 1 : 3)).Sum();
        return digits + ((10 - (sum % 10)) % 10).ToString(CultureInfo.InvariantCulture);
    }

    private static int HashCode(int number) => unchecked((int)(((uint)number + Seed) * 2_654_435_761));

    private static string Invent(Random random, int least, int most)
    {
        var word = new StringBuilder();
        for (var syllables = random.Next(least, most); syllables > 0; syllables--)
        {
            word.Append(Onsets[random.Next(Onsets.Length)]).Append(Nuclei[random.Next(Nuclei.Length)]).Append(Codas[random.Next(Codas.Length)]);
        }

        return word.ToString();
    }

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    // The sums of the weights 1, 1/2, 1/3, …, to be searched for a random number.
    private static double[] Zipf(int count, double exponent)
    {
        var sums = new double[count];
        var sum = 0.0;
        for (var i = 0; i < count; i++)
        {
            sums[i] = sum += 1 / Math.Pow(i + 1, exponent);
        }

        return sums;
    }

    private static int Pick(Random random, double[] sums)
    {
        var found = Array.BinarySearch(sums, random.NextDouble() * sums[^1]);
        return Math.Min(found < 0 ? ~found : found, sums.Length - 1);
    }

    private string Word(Random random) => _words[Pick(random, _wordWeights)];

    private string Title(Random random) => random.Next(10) switch
    {
        0 => Capital(Word(random)),
        1 => $"The {Capital(Word(random))}",
        2 => $"The {Capital(Word(random))} of {Capital(Word(random))}",
        3 => $"A {Capital(Word(random))} in the {Capital(Word(random))}",
        4 => $"{Capital(Word(random))} and {Capital(Word(random))}",
        5 => $"The {Capital(Word(random))} {Capital(Word(random))}",
        6 => $"{Capital(Word(random))} {Capital(Word(random))} {Capital(Word(random))}",
        7 => $"The {Capital(Word(random))}'s {Capital(Word(random))}",
        8 => $"{Capital(Word(random))}: A {Capital(Word(random))} of {Capital(Word(random))} and {Capital(Word(random))}",
        _ => $"{Capital(Word(random))} {Capital(Word(random))} ({Capital(Word(random))} #{1 + random.Next(9)})",
    };

    private string Sentence(Random random) => string.Join(' ', Enumerable.Range(0, 12).Select(_ => Word(random)));
}
