using System.Buffers.Text;
using System.Globalization;
using System.Text;
using BooksForYou.Contracts.Inventory.V1;

namespace BooksForYou.Recommendations.Catalogue;

/// <summary>
/// Where a page of a category ended: the book's place in the order, so that books which come and go between two pages shift nothing.
/// </summary>
internal readonly record struct PageToken(BookCategory Category, int Id, string Title)
{
    private const int LongestText = 4096;
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a token back.</summary>
    /// <returns>Whether it is one of ours.</returns>
    public static bool TryParse(string text, out PageToken token)
    {
        token = default;
        try
        {
            var parts = text.Length > LongestText ? [] : Utf8.GetString(Base64Url.DecodeFromChars(text)).Split(':', 3);
            if (parts.Length != 3
                || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var category)
                || !int.TryParse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var id))
            {
                return false;
            }

            token = new PageToken((BookCategory)category, id, parts[2]);
            return true;
        }
        catch (Exception exception) when (exception is FormatException or DecoderFallbackException)
        {
            return false;
        }
    }

    /// <summary>The token as clients carry it: opaque, and safe in a URL.</summary>
    public override string ToString() =>
        Base64Url.EncodeToString(Utf8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{(int)Category}:{Id}:{Title}")));
}
