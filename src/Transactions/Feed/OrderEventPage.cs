namespace BooksForYou.Transactions.Feed;

/// <summary>The events after a position, oldest first, and whether these are all that there were.</summary>
internal sealed record OrderEventPage(IReadOnlyList<OrderEvent> Events, bool IsLast);
