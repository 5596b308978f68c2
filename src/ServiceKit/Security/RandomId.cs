using System.Security.Cryptography;

namespace BooksForYou.ServiceKit.Security;

/// <summary>
/// Unguessable numbers: 128 random bits in Crockford's base 32 (<see href="https://www.crockford.com/base32.html"/>), 26 characters without
/// I, L, O and U.
/// </summary>
public static class RandomId
{
    /// <summary>How many characters a number has.</summary>
    public const int Length = 26;

    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary>Makes one that has never been.</summary>
    /// <returns>The number.</returns>
    public static string New()
    {
        Span<byte> bytes = stackalloc byte[16];
        RandomNumberGenerator.Fill(bytes);
        var number = new UInt128(BitConverter.ToUInt64(bytes), BitConverter.ToUInt64(bytes[8..]));
        return string.Create(Length, number, static (text, rest) =>
        {
            for (var position = text.Length - 1; position >= 0; position--)
            {
                text[position] = Alphabet[(int)(rest & 31)];
                rest >>= 5;
            }
        });
    }
}
