using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace BooksForYou.ServiceKit.Security;

/// <summary>
/// JSON Web Signature in its compact form (RFC 7515, section 7.1) with ES256 (RFC 7518, section 3.4) and nothing else: ECDSA on P-256 with SHA-256,
/// the signature as 64 bytes r and s.
/// </summary>
internal static class WebSignature
{
    private const int SignatureBytes = 64;

    private static readonly SearchValues<char> Alphabet = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    /// <summary>Signs.</summary>
    /// <param name="header">The protected header, as JSON in UTF-8.</param>
    /// <param name="payload">What is signed.</param>
    /// <param name="key">The private key. Used by one thread at a time.</param>
    /// <returns>The three parts, separated by dots.</returns>
    public static string Sign(ReadOnlySpan<byte> header, ReadOnlySpan<byte> payload, ECDsa key)
    {
        var signed = $"{Base64Url.EncodeToString(header)}.{Base64Url.EncodeToString(payload)}";
        var signature = key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }

    /// <summary>Takes a signed text apart, without looking at the signature.</summary>
    /// <returns>Whether it has three parts of base64url without padding, and a signature of the right length.</returns>
    public static bool TrySplit(string text, out byte[] header, out byte[] payload, out byte[] signature)
    {
        header = payload = signature = [];
        var first = text.IndexOf('.', StringComparison.Ordinal);
        var last = text.LastIndexOf('.');
        return first > 0 && last > first && text.IndexOf('.', first + 1) == last
            && TryDecode(text.AsSpan(0, first), out header)
            && TryDecode(text.AsSpan((first + 1)..last), out payload)
            && TryDecode(text.AsSpan(last + 1), out signature)
            && signature.Length == SignatureBytes;
    }

    /// <summary>Whether the signature of a text is that of a key.</summary>
    public static bool IsSignedBy(string text, ReadOnlySpan<byte> signature, ECDsa key)
    {
        var signed = Encoding.ASCII.GetBytes(text, 0, text.LastIndexOf('.'));
        return key.VerifyData(signed, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    // Strict: no padding, no white space, and no bits after the end, or one token could be written in several ways.
    private static bool TryDecode(ReadOnlySpan<char> text, out byte[] bytes)
    {
        bytes = new byte[Base64Url.GetMaxDecodedLength(text.Length)];
        if (text.IsEmpty
            || text.ContainsAnyExcept(Alphabet)
            || Base64Url.DecodeFromChars(text, bytes, out _, out var written) != OperationStatus.Done)
        {
            return false;
        }

        bytes = bytes[..written];
        return true;
    }
}
