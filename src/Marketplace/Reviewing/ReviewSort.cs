using BooksForYou.Contracts.Reviews.V1;

namespace BooksForYou.Marketplace.Reviewing;

/// <summary>An order in which reviews can be read.</summary>
/// <param name="Value">What the service calls it.</param>
/// <param name="Slug">Its name in addresses; empty for the order that needs none.</param>
/// <param name="Name">Its name on the page.</param>
internal sealed record ReviewSort(ReviewOrder Value, string Slug, string Name)
{
    /// <summary>The orders, as they are offered.</summary>
    public static IReadOnlyList<ReviewSort> All { get; } =
    [
        new(ReviewOrder.Newest, "", "Newest"),
        new(ReviewOrder.MostHelpful, "helpful", "Most helpful"),
    ];

    /// <summary>The order of a name; the first when there is none of it.</summary>
    public static ReviewSort Of(string? slug) => All.FirstOrDefault(sort => sort.Slug == slug) ?? All[0];
}
