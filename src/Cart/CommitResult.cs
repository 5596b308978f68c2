namespace BooksForYou.Cart;

/// <summary>What became of a reservation that was to be committed.</summary>
internal enum CommitResult
{
    /// <summary>The copies are out of the stock.</summary>
    Committed,

    /// <summary>There is no reservation of that id yet.</summary>
    Unknown,

    /// <summary>It has been given back or has expired; its id cannot be used again.</summary>
    Over,
}
