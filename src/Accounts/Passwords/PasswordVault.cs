using System.Buffers.Binary;
using System.Security.Cryptography;
using BooksForYou.Accounts.People;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace BooksForYou.Accounts.Passwords;

/// <summary>
/// Hashes and verifies passwords with the framework's <see cref="PasswordHasher{TUser}"/>. A hash takes a processor a tenth of a second: only so many are
/// made at once, and others wait without holding a thread, so that a flood of sign-ins does not stop everything else.
/// </summary>
internal sealed class PasswordVault : IDisposable
{
    // Of the format of the framework's hashes: a byte 1, then four bytes each for the function, the iterations and the length of the salt.
    private const byte FormatMarker = 1;
    private const int IterationsOffset = 5;
    private const int HeaderLength = 13;

    private static readonly Account Nobody = new();

    private readonly PasswordHasher<Account> _hasher;
    private readonly SemaphoreSlim _places;
    private readonly int _iterations;
    private readonly Lazy<string> _dummy;

    public PasswordVault(IOptions<AccountsOptions> options)
    {
        _iterations = options.Value.PasswordIterations;
        _hasher = new PasswordHasher<Account>(Options.Create(new PasswordHasherOptions { IterationCount = _iterations }));
        var places = options.Value.PasswordsAtOnce is > 0 and var given ? given : Math.Max(1, Environment.ProcessorCount / 2);
        _places = new SemaphoreSlim(places);
        _dummy = new Lazy<string>(() => _hasher.HashPassword(Nobody, SecretHash.NewSecret()));
    }

    /// <summary>Hashes a password.</summary>
    public Task<string> HashAsync(string password, CancellationToken cancellationToken) =>
        InTurnAsync(() => _hasher.HashPassword(Nobody, password), cancellationToken);

    /// <summary>Verifies a password.</summary>
    /// <param name="hash">The hash that is kept; null when there is none, which takes the same time and matches nothing.</param>
    /// <param name="password">The password.</param>
    /// <param name="cancellationToken">Gives up waiting for a turn.</param>
    public Task<PasswordMatch> VerifyAsync(string? hash, string password, CancellationToken cancellationToken) =>
        InTurnAsync(() => Verify(hash, password), cancellationToken);

    /// <summary>Makes the hash that unknown addresses are verified against, so that the first of them does not wait for it.</summary>
    public void WarmUp() => _ = _dummy.Value;

    public void Dispose() => _places.Dispose();

    private PasswordMatch Verify(string? hash, string password)
    {
        var result = _hasher.VerifyHashedPassword(Nobody, hash ?? _dummy.Value, password);
        if (hash is null || result == PasswordVerificationResult.Failed)
        {
            CatchUp(hash ?? _dummy.Value, password);
            return PasswordMatch.None;
        }

        return result == PasswordVerificationResult.SuccessRehashNeeded ? PasswordMatch.Outdated : PasswordMatch.Full;
    }

    // A wrong password for a hash of old, with fewer iterations, would be refused sooner than one for an address without an account.
    private void CatchUp(string hash, string password)
    {
        var header = Convert.FromBase64String(hash).AsSpan();
        if (header.Length < HeaderLength || header[0] != FormatMarker)
        {
            return;
        }

        var missing = _iterations - (int)BinaryPrimitives.ReadUInt32BigEndian(header[IterationsOffset..]);
        if (missing > 0)
        {
            _ = Rfc2898DeriveBytes.Pbkdf2(password, header[HeaderLength..].ToArray(), missing, HashAlgorithmName.SHA512, 32);
        }
    }

    private async Task<T> InTurnAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(work, CancellationToken.None);
        }
        finally
        {
            _places.Release();
        }
    }
}
