namespace BooksForYou.Inventory.Search;

/// <summary>
/// What counts as one typing error: a letter too many, one missing, one wrong, or two neighbours swapped (the optimal string alignment
/// distance of 1). Words with one of these between them have a form in common, if the forms of a word are itself and what is left when any
/// one letter is left out.
/// </summary>
internal static class TypingError
{
    /// <summary>Shorter words must be typed right: too many others are one letter away.</summary>
    public const int ShortestWord = 4;

    private const int LongestWord = 24;

    /// <summary>The forms under which a word of the catalogue is found.</summary>
    public static IEnumerable<string> FormsOfWord(string word) =>
        word.Length is >= ShortestWord - 1 and <= LongestWord && word.Any(char.IsLetter) ? Forms(word) : [];

    /// <summary>The forms to look for when this was typed; none when it must have been meant as it is.</summary>
    public static IEnumerable<string> FormsOfTyped(string typed) =>
        typed.Length is >= ShortestWord and <= LongestWord + 1 && typed.Any(char.IsLetter) ? Forms(typed) : [];

    /// <summary>Whether there is exactly one typing error between two words.</summary>
    public static bool IsBetween(string left, string right)
    {
        if (left.Length > right.Length)
        {
            (left, right) = (right, left);
        }

        var same = left.AsSpan().CommonPrefixLength(right);
        var leftRest = left.AsSpan(same);
        var rightRest = right.AsSpan(same);
        if (leftRest.Length == rightRest.Length)
        {
            return leftRest.Length > 0
                && (leftRest[1..].SequenceEqual(rightRest[1..])
                    || (leftRest.Length > 1 && leftRest[0] == rightRest[1] && leftRest[1] == rightRest[0] && leftRest[2..].SequenceEqual(rightRest[2..])));
        }

        return rightRest.Length == leftRest.Length + 1 && rightRest[1..].SequenceEqual(leftRest);
    }

    private static IEnumerable<string> Forms(string word) =>
        Enumerable.Range(0, word.Length).Select(position => word.Remove(position, 1)).Prepend(word).Distinct();
}
