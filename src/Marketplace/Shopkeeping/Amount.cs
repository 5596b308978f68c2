using System.Globalization;

namespace BooksForYou.Marketplace.Shopkeeping;

/// <summary>Reads and writes amounts of money in forms: 18.99, with a point or a comma before the hundredths.</summary>
internal static class Amount
{
    /// <summary>An amount in hundredths; null when it is none.</summary>
    public static long? Parse(string text) =>
        decimal.TryParse(text.Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)
        && amount is >= 0 and <= 1_000_000_000 && decimal.Truncate(amount * 100) == amount * 100
            ? (long)(amount * 100)
            : null;

    /// <summary>An amount as forms show it.</summary>
    public static string Write(long cents) => (cents / 100m).ToString("0.00", CultureInfo.InvariantCulture);
}
