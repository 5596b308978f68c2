namespace BooksForYou.Chaos.Tests.Accounts;

/// <summary>The invariants of the stock: Inventory's ledger against itself and against the orders.</summary>
internal static class StockAudit
{
    public static IEnumerable<string> StockIsExact(BooksOfAccount books) =>
        from book in books.Stock
        where book.Entries.Sum() != book.OnHand || book.Available != book.OnHand - book.Reserved || book.Reserved != 0
        select $"book {book.BookId}: the entries add up to {book.Entries.Sum()}, on hand are {book.OnHand}, reserved {book.Reserved}, "
            + $"available {book.Available}{Buyers(books, book.BookId)}";

    public static IEnumerable<string> SoldAndLeftAreAll(BooksOfAccount books)
    {
        foreach (var book in books.Stock)
        {
            var paid = books.Orders.Where(order => order.State == "PAID");
            var sold = paid.Sum(order => order.Copies.GetValueOrDefault(book.BookId));
            if (sold + book.Available != book.Initial)
            {
                yield return $"book {book.BookId}: of {book.Initial} copies {sold} are sold and {book.Available} are left{Buyers(books, book.BookId)}";
            }
        }
    }

    public static IEnumerable<string> NeverNegative(BooksOfAccount books)
    {
        foreach (var book in books.Stock)
        {
            var left = 0;
            var least = book.Entries.Select(delta => left += delta).DefaultIfEmpty(0).Min();
            if (Math.Min(least, book.Available) is < 0 and var shown)
            {
                yield return $"book {book.BookId}: was down to {shown} copies{Buyers(books, book.BookId)}";
            }
        }
    }

    // Those of a book that is scarce are few enough to look through.
    private static string Buyers(BooksOfAccount books, int bookId)
    {
        var buyers = books.Orders.Where(order => order.Copies.ContainsKey(bookId)).ToList();
        return buyers.Count > 40
            ? $"; {buyers.Count} orders are of it"
            : "; its orders: " + string.Join(", ", buyers.Select(order => $"{order.Key} ({order.State}, {order.Copies[bookId]})"));
    }
}
