namespace BooksForYou.Inventory.Search;

/// <summary>One word of a search, with what else may have been meant by it.</summary>
internal sealed record SearchTerm
{
    /// <summary>The word as typed, folded, and after it the words that are one typing error away, if these are asked for as well.</summary>
    public required IReadOnlyList<string> Words { get; init; }

    /// <summary>Whether the typed word may go on: it is the last one.</summary>
    public bool IsPrefix { get; init; }

    /// <summary>About how many books have it. For a prefix, a bound from above.</summary>
    public long Books { get; init; }

    /// <summary>How many books have the word as typed, or one that may have been meant, and not one that only begins so. For a term that is no prefix, the
    /// same as <see cref="Books"/>.</summary>
    public long WholeBooks { get; init; }

    /// <summary>Whether so many words begin with it that they were not counted, and it is not worth asking the index for them.</summary>
    public bool IsEndless { get; init; }

    /// <summary>Whether a word of a book is the typed word or one that may have been meant.</summary>
    public bool IsWhole(string word) => Words.Contains(word);

    /// <summary>Whether a word of a book is what is looked for, finished or not.</summary>
    public bool Matches(string word) => IsWhole(word) || (IsPrefix && word.StartsWith(Words[0], StringComparison.Ordinal));
}
