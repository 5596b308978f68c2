using BooksForYou.ServiceKit.Storage;

namespace BooksForYou.Reviews.Feed;

/// <summary>A review as everybody sees it now.</summary>
/// <param name="Position">Its place in the feed.</param>
/// <param name="BookId">The book.</param>
/// <param name="ReviewId">The review.</param>
/// <param name="Stars">1 to 5; 0 when it is gone or cannot be seen.</param>
/// <param name="Trace">The trace of the request that changed it; empty for none.</param>
internal sealed record ReviewChange(FeedPosition Position, int BookId, string ReviewId, int Stars, string Trace);
