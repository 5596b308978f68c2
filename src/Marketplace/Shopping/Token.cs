using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace BooksForYou.Marketplace.Shopping;

/// <summary>Unguessable texts: 128 random bits in base64url (RFC 4648, section 5), 22 characters.</summary>
internal static class Token
{
    private const int Bytes = 16;
    private const int Length = 22;

    private static readonly SearchValues<char> Characters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    /// <summary>Makes a new one.</summary>
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>Whether a text could be one of ours.</summary>
    public static bool IsWellFormed(string? text) => text is { Length: Length } && !text.AsSpan().ContainsAnyExcept(Characters);
}
