using BooksForYou.Cart.Baskets;
using BooksForYou.Contracts.Cart.V1;

namespace BooksForYou.Cart;

/// <summary>Baskets as the contract has them.</summary>
internal static class ContractMapping
{
    public static Basket ToContract(StoredBasket stored) => new()
    {
        Lines = { stored.Items.Select(item => new BasketLine { BookId = item.BookId, Quantity = item.Quantity }) },
        Copies = stored.Copies,
        Version = stored.Version,
    };

    public static Basket ToContract(PricedBasket priced) => new()
    {
        Lines = { priced.Lines.Select(ToContract) },
        Total = priced.Total.ToMoney(),
        Copies = priced.Stored.Copies,
        Priced = true,
        Version = priced.Stored.Version,
    };

    private static BasketLine ToContract(PricedLine line) => new()
    {
        BookId = line.Item.BookId,
        Title = line.Known?.Title ?? "",
        Author = line.Known?.Author ?? "",
        Quantity = line.Item.Quantity,
        UnitPrice = line.Sellable?.Price,
        PreviousUnitPrice = line.PreviousPrice?.ToMoney(),
        Available = line.Available,
        Unavailable = line.Sellable is null,
    };
}
