using BooksForYou.Contracts.Inventory.V1;

namespace BooksForYou.Cart.Baskets;

/// <summary>A line of a basket with the book as it is now.</summary>
/// <param name="Item">The line.</param>
/// <param name="Sellable">The book; null when it cannot be bought: gone, out of print, or not priced in the shop's currency.</param>
/// <param name="Known">The book even then; null when it is gone.</param>
internal sealed record PricedLine(BasketItem Item, Book? Sellable, Book? Known)
{
    /// <summary>What one copy costs; 0 when the book cannot be bought.</summary>
    public long UnitCents => Sellable?.Price.Cents ?? 0;

    /// <summary>How many copies can be bought now.</summary>
    public int Available => Math.Max(0, Sellable?.Available ?? 0);

    /// <summary>What one copy cost when it was added, if that was another price.</summary>
    public Price? PreviousPrice =>
        Sellable is not null && Item.AddedPrice is { } added && added != Price.From(Sellable.Price) ? added : null;
}
