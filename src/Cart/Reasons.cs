namespace BooksForYou.Cart;

/// <summary>The causes that the service gives with its errors, for programs to compare.</summary>
internal static class Reasons
{
    /// <summary>Who gives them their meaning.</summary>
    public const string Domain = "cart.booksforyou";

    /// <summary>The basket is being sold under another key.</summary>
    public const string PaymentUnderWay = "PAYMENT_UNDER_WAY";

    /// <summary>The basket is not what the page showed.</summary>
    public const string BasketChanged = "BASKET_CHANGED";
}
