using BooksForYou.Marketplace.Shopping;
using CatalogueBook = BooksForYou.Contracts.Inventory.V1.Book;

namespace BooksForYou.Marketplace.Pages;

/// <summary>What the page of a book says about its stock.</summary>
/// <param name="Text">The words.</param>
/// <param name="Style">The class that they are shown with.</param>
/// <param name="MostCopies">How many copies can be put into the basket at once; 0 when it cannot be bought.</param>
internal sealed record StockSign(string Text, string Style, int MostCopies)
{
    private const int Few = 5;

    /// <summary>The sign of a book.</summary>
    public static StockSign Of(CatalogueBook book) => book switch
    {
        { Available: <= 0, OutOfPrint: true } => new("Out of print, and our last copy is sold.", "stock stock-none", 0),
        { Available: <= 0 } => new("Sold out for now.", "stock stock-none", 0),
        { Available: 1 } => new("The last copy.", "stock stock-few", 1),
        { Available: <= Few } => new($"Only {book.Available} left.", "stock stock-few", book.Available),
        { OutOfPrint: true } => new($"Out of print. We have {book.Available} copies left.", "stock stock-few", Math.Min(book.Available, Baskets.MostCopies)),
        _ => new("In stock.", "stock stock-many", Math.Min(book.Available, Baskets.MostCopies)),
    };
}
