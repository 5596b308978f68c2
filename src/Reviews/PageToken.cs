using System.Buffers.Text;
using System.Globalization;
using System.Text;
using BooksForYou.ServiceKit.Errors;

namespace BooksForYou.Reviews;

/// <summary>Where a page ended: the place of its last row in the order, so that rows that come and go between two pages shift nothing.</summary>
internal static class PageToken
{
    private const int LongestText = 100;

    /// <summary>The token as callers carry it: opaque, and safe in a URL.</summary>
    /// <param name="list">The list that it is good for.</param>
    /// <param name="key">What the last row is ordered by.</param>
    /// <param name="number">The number of the last row, which decides between equals.</param>
    public static string Write(string list, long key, long number) =>
        Base64Url.EncodeToString(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{list}.{key}.{number}")));

    /// <summary>Reads a token back.</summary>
    /// <returns>The place; null for the first page.</returns>
    /// <exception cref="InvalidArgumentException">It is none of this list.</exception>
    public static (long Key, long Number)? Read(string token, string list)
    {
        if (token.Length == 0)
        {
            return null;
        }

        var parts = token.Length <= LongestText && Base64Url.IsValid(token)
            ? Encoding.ASCII.GetString(Base64Url.DecodeFromChars(token)).Split('.')
            : [];
        return parts.Length == 3
            && parts[0] == list
            && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var key)
            && long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? (key, number)
            : throw new InvalidArgumentException(new FieldViolation("page_token", "must be the next_page_token of the page before, or empty"));
    }
}
