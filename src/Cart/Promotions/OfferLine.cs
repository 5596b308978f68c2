using BooksForYou.Contracts.Inventory.V1;

namespace BooksForYou.Cart.Promotions;

/// <summary>A line of a basket as promotions see it.</summary>
/// <param name="Title">The book's title.</param>
/// <param name="Category">The shelf that the book stands on.</param>
/// <param name="UnitCents">What one copy costs, after the promotions that were reckoned before.</param>
/// <param name="Quantity">How many copies, 1 or more.</param>
internal sealed record OfferLine(string Title, BookCategory Category, long UnitCents, int Quantity);
