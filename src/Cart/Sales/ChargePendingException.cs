namespace BooksForYou.Cart.Sales;

/// <summary>Transactions does not know yet itself whether the card was charged: to be asked again later.</summary>
internal sealed class ChargePendingException() : Exception("The outcome of the payment is not known yet.");
