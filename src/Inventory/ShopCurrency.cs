namespace BooksForYou.Inventory;

/// <summary>The currency that all prices of the shop are in.</summary>
/// <param name="Code">Its three letters in ISO 4217.</param>
internal sealed record ShopCurrency(string Code)
{
    /// <summary>The setting that names it.</summary>
    public const string Setting = "SHOP_CURRENCY";

    public const string Default = "EUR";

    /// <summary>Whether this is a code of ISO 4217 by its form.</summary>
    public static bool IsValid(string code) => code.Length == 3 && code.All(char.IsAsciiLetterUpper);
}
