namespace BooksForYou.SideBySide.Catalogue;

/// <summary>Makes queries about the books of a generator, as many of each kind.</summary>
internal sealed class Queries(BookGenerator generator, int books, int seed)
{
    private static readonly string[] CommonWords = ["the", "love", "night", "house", "life", "of", "secret", "girl", "world", "and"];
    private static readonly int Kinds = Enum.GetValues<SearchKind>().Length;

    private readonly Random _random = new(seed);
    private int _made;

    /// <summary>The number of any book, from 1.</summary>
    public int NextBook() => _random.Next(books) + 1;

    public (SearchKind Kind, string Text) Next()
    {
        var kind = (SearchKind)(_made++ % Kinds);
        var book = generator.Make(NextBook() - 1);
        return (kind, kind switch
        {
            SearchKind.Title => book.Title,
            SearchKind.Beginning => book.Title[..(book.Title.Length * 2 / 3)],
            SearchKind.TypingError => Mistype(book.Title),
            SearchKind.Author => book.Author,
            SearchKind.Isbn => book.Isbn,
            SearchKind.CommonWord => Common(),
            SearchKind.CommonWords => $"{Common()} {Common()}",
            _ => $"{Consonants(6)}x {Consonants(7)}",
        });
    }

    private string Common() => CommonWords[_random.Next(CommonWords.Length)];

    private string Consonants(int count) => string.Concat(Enumerable.Range(0, count).Select(_ => "bcdfghjklmnpqrstvwz"[_random.Next(19)]));

    private string Mistype(string title)
    {
        var words = title.Split(' ');
        var longest = Array.IndexOf(words, words.MaxBy(word => word.Length));
        var letters = words[longest].ToCharArray();
        letters[_random.Next(letters.Length)] = (char)('a' + _random.Next(26));
        words[longest] = new string(letters);
        return string.Join(' ', words);
    }
}
