namespace BooksForYou.Transactions;

/// <summary>What all services of the shop agree on.</summary>
/// <param name="Currency">The currency of all prices, ISO 4217.</param>
internal sealed record ShopSettings(string Currency)
{
    public static ShopSettings Read(IConfiguration configuration) => new(configuration["SHOP_CURRENCY"]!.Trim());
}
