namespace BooksForYou.Inventory.Stock;

/// <summary>Copies of one book in a reservation.</summary>
/// <param name="BookId">The book.</param>
/// <param name="Quantity">How many copies.</param>
internal readonly record struct ReservationLine(int BookId, int Quantity);
