using BooksForYou.Contracts.Cart.V1;
using BooksForYou.Contracts.Inventory.V1;

namespace BooksForYou.Cart.Promotions;

/// <summary>A promotion, as its row says it is.</summary>
internal sealed record Promotion
{
    public required string PromotionId { get; init; }

    public required string Name { get; init; }

    public required PromotionKind Kind { get; init; }

    /// <summary>When it begins; null when it has always been.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>When it ends, itself excluded; null when it never does.</summary>
    public DateTimeOffset? Until { get; init; }

    public required bool IsOn { get; init; }

    /// <summary>The category whose books cost less; for that kind only.</summary>
    public BookCategory Category { get; init; }

    /// <summary>How many percent less, 1 to 90; for that kind only.</summary>
    public int Percent { get; init; }

    /// <summary>Whether it counts at a time.</summary>
    public bool CountsAt(DateTimeOffset time) => IsOn && (From is null || From <= time) && (Until is null || time < Until);
}
