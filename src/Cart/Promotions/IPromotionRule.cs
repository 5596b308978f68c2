using BooksForYou.Contracts.Cart.V1;

namespace BooksForYou.Cart.Promotions;

/// <summary>What promotions of a kind do to a basket. A pure function: the same lines and promotions give the same discounts, to the cent.</summary>
internal interface IPromotionRule
{
    /// <summary>The kind of promotions that the rule is for.</summary>
    PromotionKind Kind { get; }

    /// <summary>Whether a customer gets such a promotion once, ever, and nobody without an account.</summary>
    bool IsOncePerCustomer { get; }

    /// <summary>Reckons what promotions take off.</summary>
    /// <param name="promotions">The promotions of the kind that count now, the oldest first.</param>
    /// <param name="lines">What is in the basket, at the prices that the rules before have left.</param>
    RuleResult Apply(IReadOnlyList<Promotion> promotions, IReadOnlyList<OfferLine> lines);
}
