namespace BooksForYou.Transactions.Payments;

/// <summary>What can be told from a card's digits alone.</summary>
internal static class CardNumber
{
    private const int MinLength = 12;
    private const int MaxLength = 19;

    /// <summary>The digits without the spaces and hyphens that people type; null when there is anything else, or too few or too many of them.</summary>
    public static string? Digits(string text)
    {
        if (text.Length > 2 * MaxLength)
        {
            return null;
        }

        var digits = string.Concat(text.Where(character => character is not (' ' or '-')));
        return digits.Length is >= MinLength and <= MaxLength && digits.All(char.IsAsciiDigit) ? digits : null;
    }

    /// <summary>Whether the last digit is right: the formula of Luhn, ISO/IEC 7812-1, annex B. A digit typed wrong fails, and nearly all swaps of two do.</summary>
    public static bool HasValidCheckDigit(string digits)
    {
        var sum = 0;
        for (var index = 0; index < digits.Length; index++)
        {
            var digit = digits[digits.Length - 1 - index] - '0';
            var doubled = index % 2 == 0 ? digit : digit * 2;
            sum += doubled > 9 ? doubled - 9 : doubled;
        }

        return sum % 10 == 0;
    }

    /// <summary>The brand by the first digits; empty when they are not known.</summary>
    public static string BrandOf(string digits)
    {
        var two = int.Parse(digits.AsSpan(0, 2), provider: null);
        var three = int.Parse(digits.AsSpan(0, 3), provider: null);
        var four = int.Parse(digits.AsSpan(0, 4), provider: null);
        return (two, three, four) switch
        {
            ( >= 40 and <= 49, _, _) => "visa",
            ( >= 51 and <= 55, _, _) or (_, _, >= 2221 and <= 2720) => "mastercard",
            (34 or 37, _, _) => "amex",
            (36 or 38 or 39, _, _) or (_, >= 300 and <= 305, _) => "diners",
            (65, _, _) or (_, >= 644 and <= 649, _) or (_, _, 6011) => "discover",
            (_, _, >= 3528 and <= 3589) => "jcb",
            (62, _, _) => "unionpay",
            (50 or >= 56 and <= 69, _, _) => "maestro",
            _ => "",
        };
    }

    /// <summary>How many digits the security code of a brand has.</summary>
    public static int SecurityCodeLength(string brand) => brand == "amex" ? 4 : 3;
}
