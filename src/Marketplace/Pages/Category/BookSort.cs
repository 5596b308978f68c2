using BooksForYou.Contracts.Inventory.V1;

namespace BooksForYou.Marketplace.Pages;

/// <summary>An order in which a shelf can be looked through.</summary>
/// <param name="Value">What the services call it.</param>
/// <param name="Slug">Its name in addresses; empty for the order that needs none.</param>
/// <param name="Name">Its name on the page.</param>
internal sealed record BookSort(BookOrder Value, string Slug, string Name)
{
    /// <summary>The orders, as they are offered.</summary>
    public static IReadOnlyList<BookSort> All { get; } =
    [
        new(BookOrder.Title, "", "Title"),
        new(BookOrder.BestSelling, "best-selling", "Best-selling"),
        new(BookOrder.Newest, "newest", "Newest"),
        new(BookOrder.Price, "price", "Price"),
    ];

    /// <summary>The order of a name; null when there is none.</summary>
    public static BookSort? Find(string? slug) => All.FirstOrDefault(sort => sort.Slug == (slug ?? ""));

    /// <summary>The address of a shelf in this order.</summary>
    public string HrefOf(Category category) => Slug.Length == 0 ? category.Href : $"{category.Href}?sort={Slug}";
}
