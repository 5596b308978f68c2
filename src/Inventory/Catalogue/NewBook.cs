namespace BooksForYou.Inventory.Catalogue;

/// <summary>A book to add, and how many copies there are at first.</summary>
/// <param name="Book">The book, free of problems.</param>
/// <param name="Quantity">How many copies, 0 or more.</param>
internal sealed record NewBook(BookDraft Book, int Quantity);
