using System.Globalization;

namespace BooksForYou.Marketplace.Pages;

/// <summary>Reads when a card expires, in the ways in which people and browsers write it: 04/29, 4/2029, 04 29, 0429.</summary>
internal static class CardExpiry
{
    private const int Century = 2000;

    private static readonly char[] Separators = ['/', '-', ' ', '.'];

    /// <summary>Month and year; null when it is neither.</summary>
    public static (int Month, int Year)? Parse(string text)
    {
        var parts = text.Split(Separators, StringSplitOptions.RemoveEmptyEntries);
        if (parts is [{ Length: 4 } together])
        {
            parts = [together[..2], together[2..]];
        }

        if (parts is not [{ Length: 1 or 2 } month, { Length: 2 or 4 } year]
            || !int.TryParse(month, NumberStyles.None, CultureInfo.InvariantCulture, out var months)
            || !int.TryParse(year, NumberStyles.None, CultureInfo.InvariantCulture, out var years)
            || months is < 1 or > 12)
        {
            return null;
        }

        return (months, year.Length == 2 ? Century + years : years);
    }
}
