using BooksForYou.Contracts.Cart.V1;
using BooksForYou.Contracts.Inventory.V1;

namespace BooksForYou.Cart.Promotions;

/// <summary>
/// Takes a part of the price of each copy off the books of a category, rounded to whole cents, halves up. A book gets one such promotion: the
/// one that takes off the most, and of equals the oldest.
/// </summary>
internal sealed class PercentOffCategoryRule : IPromotionRule
{
    private const int Whole = 100;

    public PromotionKind Kind => PromotionKind.PercentOffCategory;

    public bool IsOncePerCustomer => false;

    public RuleResult Apply(IReadOnlyList<Promotion> promotions, IReadOnlyList<OfferLine> lines)
    {
        var off = new Dictionary<string, long>();
        var left = new List<OfferLine>(lines.Count);
        foreach (var line in lines)
        {
            var best = promotions.Where(promotion => promotion.Category == line.Category).MaxBy(promotion => promotion.Percent);
            var copy = best is null ? 0 : Part(line.UnitCents, best.Percent);
            left.Add(line with { UnitCents = line.UnitCents - copy });
            if (copy > 0)
            {
                off[best!.PromotionId] = off.GetValueOrDefault(best.PromotionId) + checked(copy * line.Quantity);
            }
        }

        return new RuleResult(
            [.. promotions
                .Where(promotion => off.ContainsKey(promotion.PromotionId))
                .Select(promotion => new Discount(promotion, ReasonOf(promotion), off[promotion.PromotionId], IsOncePerCustomer))],
            left);
    }

    internal static long Part(long cents, int percent) => checked((cents * percent) + (Whole / 2)) / Whole;

    private static string ReasonOf(Promotion promotion) => $"{promotion.Percent} % off {ShelfOf(promotion.Category)}.";

    private static string ShelfOf(BookCategory category) => category switch
    {
        BookCategory.Mystery => "crime and detective stories",
        BookCategory.ScienceFiction => "science fiction",
        BookCategory.SelfHelp => "self-help books",
        BookCategory.Fantasy => "fantasy",
        BookCategory.Classics => "classics",
        BookCategory.Fiction => "fiction",
        BookCategory.Thriller => "thrillers and horror",
        BookCategory.Romance => "romance",
        BookCategory.History => "history books",
        BookCategory.Biography => "biographies and memoirs",
        BookCategory.Science => "books on science and nature",
        BookCategory.Children => "books for children and young readers",
        _ => "these books",
    };
}
