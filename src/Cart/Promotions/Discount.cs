namespace BooksForYou.Cart.Promotions;

/// <summary>What a promotion takes off a basket.</summary>
/// <param name="Promotion">The promotion.</param>
/// <param name="Reason">What is taken off and why, for the customer to read.</param>
/// <param name="Cents">How much, more than 0.</param>
/// <param name="IsOncePerCustomer">Whether a customer gets it once, ever, and nobody without an account.</param>
internal sealed record Discount(Promotion Promotion, string Reason, long Cents, bool IsOncePerCustomer);
