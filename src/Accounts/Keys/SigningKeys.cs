using System.Data.Common;
using System.Security.Cryptography;
using BooksForYou.Contracts.Accounts.V1;
using BooksForYou.ServiceKit.Errors;
using BooksForYou.ServiceKit.Hosting;
using BooksForYou.ServiceKit.Security;
using BooksForYou.ServiceKit.Storage;

namespace BooksForYou.Accounts.Keys;

/// <summary>
/// The keys that tokens are signed with. A key is published before it signs, so that every service knows it when its first token comes, and until its
/// last token has ended. They are in the database, for all replicas; this process remembers them for seconds.
/// </summary>
internal sealed class SigningKeys(SigningKeyStore store, KeySettings settings, AccountsLog log, TimeProvider time) : IDisposable
{
    /// <summary>How long a key is published before it signs. The services ask for the keys every five minutes.</summary>
    public static readonly TimeSpan Lead = TimeSpan.FromMinutes(15);

    private const int EncryptionIterations = 600_000;

    // Of tokens that a replica has signed with a key that it remembered for a little too long, and of clocks that differ.
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(3);

    private readonly SemaphoreSlim _reading = new(1);
    private Snapshot _snapshot = new([], DateTimeOffset.MinValue);

    /// <summary>The key that signs now.</summary>
    public async ValueTask<TokenSigner> CurrentAsync(CancellationToken cancellationToken)
    {
        var keys = await ReadAsync(cancellationToken);
        var now = time.GetUtcNow();
        return (keys.LastOrDefault(key => key.SignsFrom <= now) ?? (keys.Count > 0 ? keys[0] : null))?.Signer
            ?? throw new UnavailableException("There is no key to sign with yet.");
    }

    /// <summary>The public keys, of those to come as well.</summary>
    public async ValueTask<IReadOnlyList<SigningKey>> PublicAsync(CancellationToken cancellationToken) =>
        [.. (await ReadAsync(cancellationToken)).Select(key => key.PublicKey)];

    /// <summary>Makes the first key if there is none, and the next one when it is time; forgets those whose tokens have all ended.</summary>
    public async Task TendAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (await store.ListAsync(cancellationToken) is not [.., var newest])
        {
            await AddAsync(1, now, cancellationToken);
        }
        else if (newest.SignsFrom + settings.Life - Lead <= now)
        {
            await AddNextAsync(newest, cancellationToken);
        }

        await store.DeleteSucceededAsync(now - Tokens.LongestLife - Margin, cancellationToken);
    }

    /// <summary>Makes the next key before it is time.</summary>
    /// <returns>From when on it signs; that of the next key that is there already, if there is one.</returns>
    public async Task<DateTimeOffset> RotateAsync(CancellationToken cancellationToken)
    {
        await TendAsync(cancellationToken);
        var newest = (await store.ListAsync(cancellationToken))[^1];
        if (newest.SignsFrom <= time.GetUtcNow())
        {
            await AddNextAsync(newest, cancellationToken);
        }

        return (await store.ListAsync(cancellationToken))[^1].SignsFrom;
    }

    /// <summary>Reads the keys, unless that was just done.</summary>
    /// <exception cref="StartException">They cannot be decrypted.</exception>
    public async ValueTask<IReadOnlyList<LoadedKey>> ReadAsync(CancellationToken cancellationToken)
    {
        var snapshot = _snapshot;
        if (time.GetUtcNow() - snapshot.ReadAt < Freshness)
        {
            return snapshot.Keys;
        }

        await _reading.WaitAsync(cancellationToken);
        try
        {
            if (time.GetUtcNow() - _snapshot.ReadAt >= Freshness)
            {
                _snapshot = new Snapshot(await LoadAsync(cancellationToken), time.GetUtcNow());
            }

            return _snapshot.Keys;
        }
        catch (Exception exception) when (exception is DatabaseUnavailableException or DbException && _snapshot.Keys.Count > 0)
        {
            // Tokens are verified all over the store: what is remembered serves until the database is back.
            log.KeysNotRead(exception);
            return _snapshot.Keys;
        }
        finally
        {
            _reading.Release();
        }
    }

    public void Dispose() => _reading.Dispose();

    private async Task<IReadOnlyList<LoadedKey>> LoadAsync(CancellationToken cancellationToken)
    {
        var rows = await store.ListAsync(cancellationToken);
        return [.. rows.Select(row => _snapshot.Keys.FirstOrDefault(known => known.Signer.KeyId == row.KeyId) ?? LoadedKey.Of(row, settings.Password))];
    }

    private Task AddNextAsync(SigningKeyRow newest, CancellationToken cancellationToken) =>
        AddAsync(newest.Number + 1, time.GetUtcNow() + Lead, cancellationToken);

    private async Task AddAsync(int number, DateTimeOffset signsFrom, CancellationToken cancellationToken)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var row = new SigningKeyRow
        {
            Number = number,
            KeyId = RandomId.New(),
            PrivateKey = settings.Password is null
                ? key.ExportPkcs8PrivateKeyPem()
                : key.ExportEncryptedPkcs8PrivateKeyPem(
                    settings.Password, new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, EncryptionIterations)),
            CreatedAt = time.GetUtcNow(),
            SignsFrom = signsFrom,
        };
        if (await store.AddAsync(row, cancellationToken))
        {
            log.KeyMade(row.KeyId, signsFrom);
        }
    }

    private sealed record Snapshot(IReadOnlyList<LoadedKey> Keys, DateTimeOffset ReadAt);
}
