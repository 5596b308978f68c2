using BooksForYou.Transactions.Orders;

namespace BooksForYou.Transactions.Receipts;

/// <summary>A receipt to send.</summary>
/// <param name="ReceiptId">Its own number, the same at every attempt.</param>
/// <param name="CreatedAt">When the order was paid.</param>
/// <param name="Attempt">The how manieth attempt this is, from 1.</param>
/// <param name="Order">The order.</param>
/// <param name="Trace">The trace of the request that the order was paid by; empty for none.</param>
internal sealed record Receipt(string ReceiptId, DateTimeOffset CreatedAt, int Attempt, Order Order, string Trace = "");
