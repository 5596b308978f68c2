using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace BooksForYou.Inventory.Catalogue;

/// <summary>
/// Where a page ended: the place of its last row in the order, so that rows which come and go between two pages shift nothing.
/// </summary>
/// <param name="Scope">What was asked for; a token is good for nothing else.</param>
/// <param name="Id">The number of the last row, which decides between equals.</param>
/// <param name="Key">What the last row is ordered by.</param>
internal sealed record PageToken(string Scope, long Id, string Key)
{
    private const int LongestText = 8192;
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a token back.</summary>
    /// <returns>The token, or null if it is none of ours or was made for something else.</returns>
    public static PageToken? TryParse(string text, string scope)
    {
        try
        {
            var parts = text.Length > LongestText ? [] : Utf8.GetString(Base64Url.DecodeFromChars(text)).Split('\n', 3);
            return parts.Length == 3
                && parts[0] == scope
                && long.TryParse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var id)
                && !parts[2].Contains('\0', StringComparison.Ordinal)
                ? new PageToken(scope, id, parts[2])
                : null;
        }
        catch (Exception exception) when (exception is FormatException or DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>The token as callers carry it: opaque, and safe in a URL.</summary>
    public override string ToString() =>
        Base64Url.EncodeToString(Utf8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Scope}\n{Id}\n{Key}")));
}
