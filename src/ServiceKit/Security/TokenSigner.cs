using System.Security.Cryptography;
using BooksForYou.Contracts.Accounts.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace BooksForYou.ServiceKit.Security;

/// <summary>Signs tokens with a private key. Accounts alone has one.</summary>
public sealed class TokenSigner : IDisposable
{
    private readonly Lock _gate = new();
    private readonly ECDsa _key;
    private readonly byte[] _header;

    /// <summary>Takes a key over, to be disposed of with the signer.</summary>
    /// <param name="keyId">Its name, at most 64 characters.</param>
    /// <param name="key">A private key on the curve P-256.</param>
    public TokenSigner(string keyId, ECDsa key)
    {
        ArgumentException.ThrowIfNullOrEmpty(keyId);
        ArgumentNullException.ThrowIfNull(key);
        KeyId = keyId;
        _key = key;
        _header = new TokenHeader { Algorithm = TokenHeader.OnlyAlgorithm, KeyId = keyId }.Write();
    }

    /// <summary>The name of the key.</summary>
    public string KeyId { get; }

    /// <summary>The public half of the key, for those who verify.</summary>
    public SigningKey PublicKey
    {
        get
        {
            var point = _key.ExportParameters(includePrivateParameters: false).Q;
            return new SigningKey { KeyId = KeyId, X = ByteString.CopyFrom(point.X), Y = ByteString.CopyFrom(point.Y) };
        }
    }

    /// <summary>Signs a token.</summary>
    /// <param name="caller">Whose token it is.</param>
    /// <param name="now">The time of now.</param>
    /// <param name="lifetime">How long the token is valid.</param>
    /// <returns>The token.</returns>
    public Token Sign(Caller caller, DateTimeOffset now, TimeSpan lifetime)
    {
        ArgumentNullException.ThrowIfNull(caller);
        var claims = new TokenClaims
        {
            Issuer = TokenClaims.StoreIssuer,
            Audience = TokenClaims.StoreAudience,
            Subject = caller.Subject,
            RoleName = TokenClaims.NameOf(caller.Role),
            Name = caller.Name,
            IssuedAt = now.ToUnixTimeSeconds(),
            NotBefore = now.ToUnixTimeSeconds(),
            Expires = (now + lifetime).ToUnixTimeSeconds(),
        };
        return new Token { Value = Sign(claims), ExpireTime = Timestamp.FromDateTimeOffset(DateTimeOffset.FromUnixTimeSeconds(claims.Expires)) };
    }

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();

    internal string Sign(TokenClaims claims)
    {
        // The framework does not promise that one key may be used by two threads.
        lock (_gate)
        {
            return WebSignature.Sign(_header, claims.Write(), _key);
        }
    }
}
