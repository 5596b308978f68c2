namespace BooksForYou.Inventory.Search;

/// <summary>A book that may be what is searched for.</summary>
internal sealed class SearchHit
{
    private string[]? _titleWords;
    private string[]? _authorWords;

    public int BookId { get; init; }

    public string TitleKey { get; init; } = "";

    public string AuthorKey { get; init; } = "";

    /// <summary>How many copies were sold.</summary>
    public long Sold { get; init; }

    /// <summary>How good a match it is; see <see cref="Ranking"/>.</summary>
    public int Rank { get; set; }

    public string[] TitleWords => _titleWords ??= TitleKey.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    public string[] AuthorWords => _authorWords ??= AuthorKey.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Whether every term is in title or author.</summary>
    public bool Matches(IReadOnlyList<SearchTerm> terms) =>
        terms.All(term => Array.Exists(TitleWords, term.Matches) || Array.Exists(AuthorWords, term.Matches));
}
