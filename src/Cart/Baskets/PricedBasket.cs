using BooksForYou.Contracts.Inventory.V1;

namespace BooksForYou.Cart.Baskets;

/// <summary>A basket with what Inventory says about its books now.</summary>
internal sealed class PricedBasket
{
    /// <summary>Puts both together. A book with a price in another currency than the shop's cannot be sold.</summary>
    public PricedBasket(StoredBasket basket, IReadOnlyDictionary<int, Book> books, string currency)
    {
        Stored = basket;
        Lines = [.. basket.Items.Select(item =>
        {
            var book = books.GetValueOrDefault(item.BookId);
            return new PricedLine(item, Sellable(book, currency), book);
        })];
        Total = new Price(Lines.Sum(line => checked(line.UnitCents * line.Item.Quantity)), currency);
    }

    public StoredBasket Stored { get; }

    public IReadOnlyList<PricedLine> Lines { get; }

    /// <summary>What the books cost, without those that cannot be bought.</summary>
    public Price Total { get; }

    /// <summary>The books of which there are too few.</summary>
    public IEnumerable<StockShortage> Shortages() => Lines
        .Where(line => line.Available < line.Item.Quantity)
        .Select(line => new StockShortage { BookId = line.Item.BookId, Requested = line.Item.Quantity, Available = line.Available });

    private static Book? Sellable(Book? book, string currency) =>
        book is { Price: { Cents: >= 0 } price } && price.Currency == currency && !(book.OutOfPrint && book.Available <= 0) ? book : null;
}
