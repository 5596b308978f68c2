using System.Globalization;
using BooksForYou.Contracts.Inventory.V1;

namespace BooksForYou.Marketplace.Shopping;

/// <summary>Writes amounts as visitors read them. The server has no culture of its own, so it is the same everywhere.</summary>
internal static class Prices
{
    /// <summary>An amount, such as €1,234.50; with the letters of its currency where there is no sign that everybody knows.</summary>
    public static string Format(Money? money) => money is null ? "" : Format(money.Cents, money.Currency);

    /// <summary>An amount in hundredths of a currency.</summary>
    public static string Format(long cents, string currency)
    {
        var sign = cents < 0 ? "−" : "";
        var amount = Math.Abs(cents / 100m).ToString("N2", CultureInfo.InvariantCulture);
        return currency switch
        {
            "EUR" => $"{sign}€{amount}",
            "GBP" => $"{sign}£{amount}",
            "USD" => $"{sign}${amount}",
            _ => $"{sign}{amount}\u00a0{currency}",
        };
    }
}
