namespace BooksForYou.Inventory.Search;

/// <summary>
/// How good a match is. The ISBN first; then the title itself, titles that begin with what was typed, titles with all of it, title and
/// author together, the author alone; in each of these, whole words before unfinished ones. What was found by forgiving a typing error
/// comes after everything that was not.
/// </summary>
internal static class Ranking
{
    public const int IsbnMatch = 1000;
    public const int IsbnCorrected = 900;

    /// <summary>After every book that has the number in its title.</summary>
    public const int IsbnBeginning = 1;

    private const int TypingErrorForgiven = -100;

    /// <summary>Ranks a book in which every term is found; a higher number is a better match.</summary>
    public static int Rank(SearchHit hit, IReadOnlyList<SearchTerm> terms, bool isCorrected)
    {
        var inTitle = terms.Count(term => Array.Exists(hit.TitleWords, term.Matches));
        var last = terms[^1];
        var isWhole = Array.Exists(hit.TitleWords, last.IsWhole) || Array.Exists(hit.AuthorWords, last.IsWhole);
        var place = inTitle switch
        {
            0 => 1,
            _ when inTitle < terms.Count => 2,
            _ when !BeginsWith(hit.TitleWords, terms) => 3,
            _ when hit.TitleWords.Length > terms.Count => 4,
            _ => 5,
        };
        return (2 * place) + (isWhole ? 1 : 0) + (isCorrected ? TypingErrorForgiven : 0);
    }

    private static bool BeginsWith(string[] words, IReadOnlyList<SearchTerm> terms) =>
        words.Length >= terms.Count && terms.Index().All(term => term.Item.Matches(words[term.Index]));
}
