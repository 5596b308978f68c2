namespace BooksForYou.Cart.Promotions;

/// <summary>Reckons what promotions take off a basket.</summary>
internal static class Reckoning
{
    /// <summary>What an order costs at least: promotions make no order free.</summary>
    public const long LeastCents = 1;

    /// <summary>
    /// The rules, in the sequence in which they are reckoned. A kind of promotion more is a rule more here. What counts once a customer comes last,
    /// so that without it all else stays as it is.
    /// </summary>
    public static readonly IReadOnlyList<IPromotionRule> Rules = [new PercentOffCategoryRule(), new BuyTwoGetOneFreeRule()];

    /// <summary>Reckons what promotions take off, in the sequence in which they are reckoned.</summary>
    /// <param name="lines">What is in the basket and can be bought, at the prices of now.</param>
    /// <param name="promotions">The promotions that count now, the oldest first.</param>
    public static IReadOnlyList<Discount> Reckon(IReadOnlyList<OfferLine> lines, IReadOnlyList<Promotion> promotions)
    {
        var discounts = new List<Discount>();
        var room = lines.Sum(line => checked(line.UnitCents * line.Quantity)) - LeastCents;
        foreach (var rule in Rules)
        {
            var result = rule.Apply([.. promotions.Where(promotion => promotion.Kind == rule.Kind)], lines);
            lines = result.Lines;
            foreach (var discount in result.Discounts)
            {
                var cents = Math.Min(discount.Cents, room);
                if (cents > 0)
                {
                    discounts.Add(discount with { Cents = cents });
                    room -= cents;
                }
            }
        }

        return discounts;
    }
}
