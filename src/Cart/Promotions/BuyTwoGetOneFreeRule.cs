using BooksForYou.Contracts.Cart.V1;

namespace BooksForYou.Cart.Promotions;

/// <summary>With three or more copies in the basket the cheapest one is free: one copy, whatever the number, and once a customer, ever.</summary>
internal sealed class BuyTwoGetOneFreeRule : IPromotionRule
{
    /// <summary>How many copies have to be in the basket.</summary>
    public const int LeastCopies = 3;

    public PromotionKind Kind => PromotionKind.BuyTwoGetOneFree;

    public bool IsOncePerCustomer => true;

    public RuleResult Apply(IReadOnlyList<Promotion> promotions, IReadOnlyList<OfferLine> lines)
    {
        // A copy that costs nothing is free already: that uses nobody's promotion up.
        if (promotions.Count == 0 || lines.Sum(line => line.Quantity) < LeastCopies || lines.MinBy(line => line.UnitCents) is not { UnitCents: > 0 } cheapest)
        {
            return new RuleResult([], lines);
        }

        var reason = $"Your cheapest book is free: {cheapest.Title}.";
        return new RuleResult([new Discount(promotions[0], reason, cheapest.UnitCents, IsOncePerCustomer)], lines);
    }
}
