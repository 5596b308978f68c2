namespace BooksForYou.Transactions;

/// <summary>What all services of the shop agree on.</summary>
/// <param name="Currency">The currency of all prices, ISO 4217.</param>
/// <param name="Address">Where the shop is in the web, ending in a slash.</param>
internal sealed record ShopSettings(string Currency, Uri Address)
{
    public static ShopSettings Read(IConfiguration configuration)
    {
        var address = configuration["SHOP_ADDRESS"]!.Trim();
        return new ShopSettings(configuration["SHOP_CURRENCY"]!.Trim(), new Uri(address.EndsWith('/') ? address : address + "/"));
    }
}
