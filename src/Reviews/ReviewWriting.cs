namespace BooksForYou.Reviews;

/// <summary>Writes reviews: looks for words that hold them back, and asks whether the reader has bought the book.</summary>
internal sealed class ReviewWriting(WordFilter filter, Purchases purchases, ReviewStore store)
{
    /// <summary>Writes a reader's review of a book, or the same anew.</summary>
    public async Task<Review> WriteAsync(
        int bookId, string readerId, string readerName, int stars, string title, string text, CancellationToken cancellationToken)
    {
        var bought = await purchases.FindAsync(readerId, [bookId], cancellationToken);
        return await store.WriteAsync(
            new ReviewDraft(bookId, readerId, readerName, stars, title, text, filter.Finds(title, text), bought?.Contains(bookId)),
            cancellationToken);
    }
}
