namespace BooksForYou.Inventory.Catalogue;

/// <summary>International Standard Book Numbers (ISO 2108).</summary>
internal static class Isbn
{
    /// <summary>Reads an ISBN-10 or ISBN-13, with or without hyphens and spaces, and checks its check digit.</summary>
    /// <returns>The 13 digits of the ISBN-13, or null when it is none.</returns>
    public static string? Parse(string text)
    {
        Span<char> characters = stackalloc char[13];
        var length = 0;
        foreach (var character in text)
        {
            if (IsSeparator(character))
            {
                continue;
            }

            if (length == characters.Length || !(char.IsAsciiDigit(character) || (character is 'x' or 'X' && length == 9)))
            {
                return null;
            }

            characters[length++] = character;
        }

        return length switch
        {
            13 when IsValid13(characters) => characters.ToString(),
            10 when IsValid10(characters[..10]) => ToIsbn13(characters[..9]),
            _ => null,
        };
    }

    /// <summary>Whether these are the 13 digits of an ISBN-13.</summary>
    public static bool IsValid13(ReadOnlySpan<char> digits) =>
        digits.Length == 13
        && !digits.ContainsAnyExceptInRange('0', '9')
        && (digits.StartsWith("978") || digits.StartsWith("979"))
        && CheckDigit13(digits[..12]) == digits[12];

    /// <summary>Whether a character may stand between the digits: a hyphen of any kind or a space.</summary>
    public static bool IsSeparator(char character) => character is '-' or ' ' or '\u2010' or '\u2011' or '\u2013';

    // Section 4.4 of the ISBN Users' Manual: weights 10 to 1, the sum a multiple of 11; X stands for 10.
    private static bool IsValid10(ReadOnlySpan<char> characters)
    {
        var sum = 0;
        for (var i = 0; i < 10; i++)
        {
            if (i < 9 && !char.IsAsciiDigit(characters[i]))
            {
                return false;
            }

            sum += (10 - i) * (characters[i] is 'x' or 'X' ? 10 : characters[i] - '0');
        }

        return sum % 11 == 0;
    }

    private static string ToIsbn13(ReadOnlySpan<char> nine)
    {
        var twelve = $"978{nine}";
        return twelve + CheckDigit13(twelve);
    }

    // Weights 1 and 3 by turns, the sum with the check digit a multiple of 10.
    private static char CheckDigit13(ReadOnlySpan<char> twelve)
    {
        var sum = 0;
        for (var i = 0; i < twelve.Length; i++)
        {
            sum += (i % 2 == 0 ? 1 : 3) * (twelve[i] - '0');
        }

        return (char)('0' + ((10 - (sum % 10)) % 10));
    }
}
