using BooksForYou.Cart.Promotions;
using BooksForYou.Contracts.Inventory.V1;

namespace BooksForYou.Cart.Baskets;

/// <summary>A basket with what Inventory says about its books now, and what promotions take off.</summary>
internal sealed class PricedBasket
{
    private readonly string _currency;

    /// <summary>Puts all together. A book with a price in another currency than the shop's cannot be sold.</summary>
    public PricedBasket(
        StoredBasket basket, IReadOnlyDictionary<int, Book> books, string currency, IReadOnlyList<Promotion> promotions, OnceStanding standing)
    {
        _currency = currency;
        Stored = basket;
        Lines = [.. basket.Items.Select(item =>
        {
            var book = books.GetValueOrDefault(item.BookId);
            return new PricedLine(item, Sellable(book, currency), book);
        })];
        var discounts = Reckoning.Reckon(
            [.. Lines.Where(line => line.Sellable is not null)
                .Select(line => new OfferLine(line.Sellable!.Title, line.Sellable.Category, line.UnitCents, line.Item.Quantity))],
            promotions);
        Standing = standing;
        Once = discounts.FirstOrDefault(discount => discount.IsOncePerCustomer);
        Discounts = [.. discounts.Where(discount => !discount.IsOncePerCustomer || standing == OnceStanding.Open)];
    }

    public StoredBasket Stored { get; }

    public IReadOnlyList<PricedLine> Lines { get; }

    /// <summary>What promotions take off.</summary>
    public IReadOnlyList<Discount> Discounts { get; }

    /// <summary>What a promotion would take off that each customer has once, whether it counts here or not; null when none would.</summary>
    public Discount? Once { get; }

    /// <summary>Whether that counts.</summary>
    public OnceStanding Standing { get; }

    /// <summary>What the books cost, without those that cannot be bought.</summary>
    public Price Subtotal => Amount(Lines.Sum(line => checked(line.UnitCents * line.Item.Quantity)));

    /// <summary>What is to be paid.</summary>
    public Price Total => Amount(Subtotal.Cents - Discounts.Sum(discount => discount.Cents));

    /// <summary>What is to be paid without the promotion that each customer has once.</summary>
    public Price TotalWithoutOnce => Amount(Subtotal.Cents - Discounts.Where(discount => !discount.IsOncePerCustomer).Sum(discount => discount.Cents));

    /// <summary>What would be to be paid with it.</summary>
    public Price TotalWithOnce => Amount(TotalWithoutOnce.Cents - (Once?.Cents ?? 0));

    /// <summary>The books of which there are too few.</summary>
    public IEnumerable<StockShortage> Shortages() => Lines
        .Where(line => line.Available < line.Item.Quantity)
        .Select(line => new StockShortage { BookId = line.Item.BookId, Requested = line.Item.Quantity, Available = line.Available });

    private static Book? Sellable(Book? book, string currency) =>
        book is { Price: { Cents: >= 0 } price } && price.Currency == currency && !(book.OutOfPrint && book.Available <= 0) ? book : null;

    private Price Amount(long cents) => new(cents, _currency);
}
