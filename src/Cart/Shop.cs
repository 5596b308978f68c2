namespace BooksForYou.Cart;

/// <summary>Settings that have names of their own, since other services share them or shopkeepers set them.</summary>
/// <param name="Currency">SHOP_CURRENCY: what is sold is priced in it (ISO 4217).</param>
/// <param name="BasketLife">BASKET_DAYS: how long a basket that nobody edits is kept.</param>
internal sealed record Shop(string Currency, TimeSpan BasketLife);
