namespace BooksForYou.Cart.Baskets;

/// <summary>A book in a basket.</summary>
/// <param name="BookId">The book's number in the catalogue.</param>
/// <param name="Quantity">How many copies, 1 to 99.</param>
/// <param name="AddedPrice">What one copy cost when it was added; null when Inventory was away then.</param>
internal sealed record BasketItem(int BookId, int Quantity, Price? AddedPrice);
