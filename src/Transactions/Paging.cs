using System.Buffers.Text;
using System.Globalization;
using System.Text;
using BooksForYou.ServiceKit.Errors;

namespace BooksForYou.Transactions;

/// <summary>Pages of lists, newest first: a page ends at a position, and the next one begins below it.</summary>
internal static class Paging
{
    private const int LongestToken = 40;

    /// <summary>How many entries a page has.</summary>
    /// <exception cref="InvalidArgumentException">The size asked for is negative.</exception>
    public static int SizeOf(int asked, int usual, int most) => asked switch
    {
        < 0 => throw new InvalidArgumentException(new FieldViolation("page_size", "must not be negative")),
        0 => usual,
        _ => Math.Min(asked, most),
    };

    /// <summary>The position that a token stands for; the first page begins below <see cref="long.MaxValue"/>.</summary>
    /// <exception cref="InvalidArgumentException">It is none that was given.</exception>
    public static long Parse(string token)
    {
        if (token.Length == 0)
        {
            return long.MaxValue;
        }

        return token.Length <= LongestToken
            && Base64Url.IsValid(token)
            && long.TryParse(Encoding.ASCII.GetString(Base64Url.DecodeFromChars(token)), NumberStyles.None, CultureInfo.InvariantCulture, out var position)
            ? position
            : throw new InvalidArgumentException(new FieldViolation("page_token", "must be the next_page_token of the page before, or empty"));
    }

    /// <summary>Where the next page begins; empty when these entries, one more than a page has, are not more than a page.</summary>
    public static string TokenAfter<T>(IReadOnlyList<T> entries, int size, Func<T, long> positionOf) => entries.Count <= size
        ? ""
        : Base64Url.EncodeToString(Encoding.ASCII.GetBytes(positionOf(entries[size - 1]).ToString(CultureInfo.InvariantCulture)));
}
