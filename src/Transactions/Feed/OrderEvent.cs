using BooksForYou.ServiceKit.Storage;
using BooksForYou.Transactions.Orders;

namespace BooksForYou.Transactions.Feed;

/// <summary>An order has come into a state.</summary>
internal sealed record OrderEvent(FeedPosition Position, string OrderId, OrderState State, DateTimeOffset Time, IReadOnlyList<OrderLine> Lines, string Trace);
