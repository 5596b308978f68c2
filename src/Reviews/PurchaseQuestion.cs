namespace BooksForYou.Reviews;

/// <summary>Whether a reader has bought the book of a review is not known yet.</summary>
/// <param name="Number">The review.</param>
/// <param name="BookId">The book.</param>
/// <param name="ReaderId">The reader.</param>
internal sealed record PurchaseQuestion(long Number, int BookId, string ReaderId);
