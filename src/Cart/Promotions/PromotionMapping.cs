using Google.Protobuf.WellKnownTypes;
using Contract = BooksForYou.Contracts.Cart.V1;

namespace BooksForYou.Cart.Promotions;

/// <summary>Promotions as the contract has them.</summary>
internal static class PromotionMapping
{
    public static Contract.Promotion ToContract(Promotion promotion) => new()
    {
        PromotionId = promotion.PromotionId,
        Name = promotion.Name,
        Kind = promotion.Kind,
        FromTime = promotion.From is { } from ? Timestamp.FromDateTimeOffset(from) : null,
        UntilTime = promotion.Until is { } until ? Timestamp.FromDateTimeOffset(until) : null,
        On = promotion.IsOn,
        Category = promotion.Category,
        Percent = promotion.Percent,
    };

    public static Promotion FromContract(Contract.Promotion promotion) => new()
    {
        PromotionId = promotion.PromotionId,
        Name = promotion.Name,
        Kind = promotion.Kind,
        From = promotion.FromTime?.ToDateTimeOffset(),
        Until = promotion.UntilTime?.ToDateTimeOffset(),
        IsOn = promotion.On,
        Category = promotion.Category,
        Percent = promotion.Percent,
    };
}
