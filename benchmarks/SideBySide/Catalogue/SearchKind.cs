namespace BooksForYou.SideBySide.Catalogue;

/// <summary>What people type into the search box.</summary>
internal enum SearchKind
{
    /// <summary>The whole title of a book.</summary>
    Title,

    /// <summary>The beginning of a title, in the middle of a word.</summary>
    Beginning,

    /// <summary>A title with a letter wrong in its longest word.</summary>
    TypingError,

    /// <summary>The name of an author.</summary>
    Author,

    /// <summary>An ISBN-13.</summary>
    Isbn,

    /// <summary>One word that very many books have.</summary>
    CommonWord,

    /// <summary>Two words that very many books have.</summary>
    CommonWords,

    /// <summary>A word that no book has.</summary>
    Nothing,
}
