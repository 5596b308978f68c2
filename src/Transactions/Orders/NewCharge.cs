namespace BooksForYou.Transactions.Orders;

/// <summary>A charge that may begin: the order, all but for its payment.</summary>
/// <param name="IdempotencyKey">The caller's key.</param>
/// <param name="ContentHash">SHA-256 of what is ordered, to tell another order under the same key.</param>
/// <param name="PaymentKey">The payment's name at the gateway; not the order's number, since who has that may see the order.</param>
/// <param name="Order">The order, PENDING.</param>
internal sealed record NewCharge(string IdempotencyKey, byte[] ContentHash, string PaymentKey, Order Order);
