namespace BooksForYou.Cart.Promotions;

/// <summary>What a rule has reckoned.</summary>
/// <param name="Discounts">What is taken off.</param>
/// <param name="Lines">The lines at the prices that are left.</param>
internal sealed record RuleResult(IReadOnlyList<Discount> Discounts, IReadOnlyList<OfferLine> Lines);
