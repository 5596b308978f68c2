using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace BooksForYou.Accounts;

/// <summary>
/// Secrets that are given out, of sessions and links: 256 random bits, of which only the SHA-256 is kept. No salt and no slow hash are needed, since
/// nobody can guess 256 bits.
/// </summary>
internal static class SecretHash
{
    /// <summary>How many characters a secret has.</summary>
    public const int SecretLength = 43;

    private const int SecretBytes = 32;

    public static string NewSecret() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));

    /// <summary>What is kept of a secret.</summary>
    public static string Of(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
