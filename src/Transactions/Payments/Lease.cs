namespace BooksForYou.Transactions.Payments;

/// <summary>The right to settle a payment for a while, while others leave it alone.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Owner">Who has it: a call or an attempt of the background, not a process.</param>
/// <param name="Since">When it was taken or renewed last.</param>
internal sealed record Lease(string OrderId, Guid Owner, DateTimeOffset Since);
