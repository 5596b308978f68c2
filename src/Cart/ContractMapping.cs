using BooksForYou.Cart.Baskets;
using BooksForYou.Cart.Promotions;
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
        Subtotal = priced.Subtotal.ToMoney(),
        Discounts = { DiscountsOf(priced) },
    };

    private static IEnumerable<BasketDiscount> DiscountsOf(PricedBasket priced)
    {
        foreach (var discount in priced.Discounts)
        {
            yield return ToContract(discount, priced.Subtotal.Currency, needsAccount: false);
        }

        if (priced is { Once: { } offer, Standing: OnceStanding.NeedsAccount })
        {
            yield return ToContract(offer, priced.Subtotal.Currency, needsAccount: true);
        }
    }

    private static BasketDiscount ToContract(Discount discount, string currency, bool needsAccount) => new()
    {
        PromotionId = discount.Promotion.PromotionId,
        Name = discount.Promotion.Name,
        Reason = discount.Reason,
        Amount = new Price(discount.Cents, currency).ToMoney(),
        NeedsAccount = needsAccount,
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
