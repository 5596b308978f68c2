namespace BooksForYou.Reviews.Feed;

/// <summary>The changes after a position, in order, and whether these are all that there were.</summary>
internal sealed record ReviewChangePage(IReadOnlyList<ReviewChange> Changes, bool IsLast);
