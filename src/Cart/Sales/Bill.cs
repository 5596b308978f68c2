using BooksForYou.Contracts.Inventory.V1;
using BooksForYou.Contracts.Transactions.V1;

namespace BooksForYou.Cart.Sales;

/// <summary>What a sale charges.</summary>
/// <param name="Charge">The order and its card.</param>
/// <param name="TotalWithoutPromotion">What the basket costs when the customer turns out to have used the promotion.</param>
internal sealed record Bill(ChargeRequest Charge, Money TotalWithoutPromotion);
