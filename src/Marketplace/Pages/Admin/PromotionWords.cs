using BooksForYou.Contracts.Cart.V1;

namespace BooksForYou.Marketplace.Pages.Admin;

/// <summary>What those who run the shop read of a promotion.</summary>
internal static class PromotionWords
{
    /// <summary>The kinds that there are, by their names in forms.</summary>
    public static IReadOnlyList<(string Value, string Label)> Kinds { get; } =
    [
        (nameof(PromotionKind.BuyTwoGetOneFree), "Buy two, get one free: once a customer, ever"),
        (nameof(PromotionKind.PercentOffCategory), "Percent off every book of a category"),
    ];

    /// <summary>What a promotion does.</summary>
    public static string Of(Promotion promotion) => promotion.Kind switch
    {
        PromotionKind.BuyTwoGetOneFree => "Buy two, get one free",
        PromotionKind.PercentOffCategory => $"{promotion.Percent} % off {Categories.Find(promotion.Category)?.Name ?? "a category"}",
        _ => "Of a kind that this page does not know",
    };

    /// <summary>Whether it counts at a moment.</summary>
    public static string StateOf(Promotion promotion, DateTimeOffset now) => promotion switch
    {
        { On: false } => "off",
        { UntilTime: { } until } when until.ToDateTimeOffset() <= now => "over",
        { FromTime: { } from } when from.ToDateTimeOffset() > now => "on, not begun",
        _ => "on",
    };
}
