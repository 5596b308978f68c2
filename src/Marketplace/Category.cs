using BooksForYou.Contracts.Inventory.V1;

namespace BooksForYou.Marketplace;

/// <summary>A shelf of the shop as visitors know it.</summary>
/// <param name="Value">What the services call it.</param>
/// <param name="Slug">Its name in addresses.</param>
/// <param name="Name">Its name on the page.</param>
/// <param name="Line">What stands on it, in a sentence.</param>
internal sealed record Category(BookCategory Value, string Slug, string Name, string Line)
{
    /// <summary>The address of its page.</summary>
    public string Href { get; } = $"/categories/{Slug}";
}
