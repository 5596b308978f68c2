using System.Security.Cryptography;
using BooksForYou.Contracts.Accounts.V1;

namespace BooksForYou.ServiceKit.Security;

/// <summary>A public key that tokens are verified with.</summary>
internal sealed class VerificationKey
{
    private const int CoordinateBytes = 32;

    private readonly Lock _gate = new();
    private readonly ECDsa _key;

    private VerificationKey(ECDsa key) => _key = key;

    /// <summary>Imports a key; null when it is no point of the curve P-256.</summary>
    public static VerificationKey? Import(SigningKey key)
    {
        if (key.X.Length != CoordinateBytes || key.Y.Length != CoordinateBytes)
        {
            return null;
        }

        try
        {
            var point = new ECPoint { X = key.X.ToByteArray(), Y = key.Y.ToByteArray() };
            return new VerificationKey(ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = point }));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Whether a text was signed with the private half of the key.</summary>
    public bool HasSigned(string text, ReadOnlySpan<byte> signature)
    {
        // The framework does not promise that one key may be used by two threads.
        lock (_gate)
        {
            return WebSignature.IsSignedBy(text, signature, _key);
        }
    }
}
