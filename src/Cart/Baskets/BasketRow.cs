namespace BooksForYou.Cart.Baskets;

internal sealed class BasketRow
{
    public string Items { get; init; } = "{}";

    public long Revision { get; init; }

    public StoredBasket ToBasket() => StoredBasket.Parse(Revision, Items);
}
