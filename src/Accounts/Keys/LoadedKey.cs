using System.Security.Cryptography;
using BooksForYou.Contracts.Accounts.V1;
using BooksForYou.ServiceKit.Hosting;
using BooksForYou.ServiceKit.Security;

namespace BooksForYou.Accounts.Keys;

/// <summary>A signing key that is ready to sign. It is left to the garbage collector: when it is forgotten, somebody may still be signing.</summary>
internal sealed record LoadedKey(TokenSigner Signer, SigningKey PublicKey, DateTimeOffset SignsFrom)
{
    /// <exception cref="StartException">It cannot be decrypted.</exception>
    public static LoadedKey Of(SigningKeyRow row, string? password)
    {
        var key = ECDsa.Create();
        try
        {
            if (row.PrivateKey.Contains("ENCRYPTED", StringComparison.Ordinal))
            {
                key.ImportFromEncryptedPem(row.PrivateKey, password ?? "");
            }
            else
            {
                key.ImportFromPem(row.PrivateKey);
            }
        }
        catch (CryptographicException)
        {
            key.Dispose();
            throw new StartException($"{KeySettings.PasswordSetting} is not the password that signing key {row.KeyId} was encrypted with.");
        }

        var signer = new TokenSigner(row.KeyId, key);
        return new LoadedKey(signer, signer.PublicKey, row.SignsFrom);
    }
}
