namespace BooksForYou.Reviews;

/// <summary>A review as its reader writes it.</summary>
/// <param name="BookId">The book.</param>
/// <param name="ReaderId">The reader.</param>
/// <param name="ReaderName">The name that the reader goes by.</param>
/// <param name="Stars">1 to 5.</param>
/// <param name="Title">The title.</param>
/// <param name="Text">The text.</param>
/// <param name="IsFiltered">Whether the word filter has found something in it.</param>
/// <param name="IsVerified">Whether the reader has bought the book; null when that is not known yet.</param>
internal sealed record ReviewDraft(
    int BookId, string ReaderId, string ReaderName, int Stars, string Title, string Text, bool IsFiltered, bool? IsVerified)
{
    /// <summary>The state of the review when it is written.</summary>
    /// <param name="earlier">The review as it was; null when it is new.</param>
    /// <param name="isWithheld">Whether the reader has taken back one that nobody could see.</param>
    public ReviewState StateAfter(Review? earlier, bool isWithheld) => earlier?.State switch
    {
        // Only an admin shows again what an admin has hidden, or was asked to look at.
        ReviewState.Hidden => ReviewState.Hidden,
        ReviewState.Held => ReviewState.Held,
        _ => IsFiltered || isWithheld ? ReviewState.Held : ReviewState.Visible,
    };

    /// <summary>Whether the reader says something else than before.</summary>
    public bool Changes(Review earlier) => Stars != earlier.Stars || Title != earlier.Title || Text != earlier.Text;
}
