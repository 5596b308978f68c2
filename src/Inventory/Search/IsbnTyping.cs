using BooksForYou.Inventory.Catalogue;

namespace BooksForYou.Inventory.Search;

/// <summary>What a person who types an ISBN may mean: the beginning of one, or one with a typing error in it.</summary>
internal static class IsbnTyping
{
    /// <summary>With fewer digits it may be a year, or a title such as 1984, and far too many numbers begin so.</summary>
    public const int ShortestBeginning = 6;

    private const string Bookland = "978";
    private const string Characters = "0123456789X";
    private const int Full = 13;

    /// <summary>The digits of what was typed, without hyphens and spaces; null when there is anything else in it.</summary>
    public static string? Digits(string typed)
    {
        var digits = string.Concat(typed.Where(character => !Isbn.IsSeparator(character)));
        return digits.Length is >= ShortestBeginning and <= Full + 1
            && !digits.AsSpan()[..^1].ContainsAnyExceptInRange('0', '9')
            && Characters.Contains(char.ToUpperInvariant(digits[^1]), StringComparison.Ordinal)
            ? digits
            : null;
    }

    /// <summary>The lowest and the highest 13 digits that begin as typed, once for an ISBN-13 and once for an ISBN-10, whose digits follow
    /// 978 in the ISBN-13.</summary>
    public static IEnumerable<(string From, string To)> Beginnings(string digits)
    {
        if (digits.Length < Full && char.IsAsciiDigit(digits[^1]))
        {
            yield return (digits.PadRight(Full, '0'), digits.PadRight(Full, '9'));
            if (digits.Length < 10)
            {
                yield return ((Bookland + digits).PadRight(Full, '0'), (Bookland + digits).PadRight(Full, '9'));
            }
        }
    }

    /// <summary>
    /// The ISBN-13 that are one typing error away: a digit wrong, missing or too many, or two neighbours swapped. The check digit leaves
    /// few of them, and none of an ISBN that is right: it was meant as it is.
    /// </summary>
    public static IReadOnlyList<string> Corrections(string digits) =>
        Isbn.Parse(digits) is not null ? [] : [.. Variants(digits).Select(Isbn.Parse).OfType<string>().Distinct()];

    private static IEnumerable<string> Variants(string digits)
    {
        for (var i = 0; i <= digits.Length; i++)
        {
            var (before, after) = (digits[..i], digits[i..]);
            foreach (var character in Characters)
            {
                yield return before + character + after;
                if (after.Length > 0)
                {
                    yield return before + character + after[1..];
                }
            }

            if (after.Length > 0)
            {
                yield return before + after[1..];
            }

            if (after.Length > 1)
            {
                yield return before + after[1] + after[0] + after[2..];
            }
        }
    }
}
