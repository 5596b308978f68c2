using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection.AuthenticatedEncryption;
using Microsoft.AspNetCore.DataProtection.KeyManagement;

namespace BooksForYou.Marketplace.Web;

/// <summary>
/// The keys that protect the forms, derived from one secret (HKDF, RFC 5869): replicas that have the same secret have the same keys at any time, and
/// share nothing else. Each serves for 90 days; that of the time before still opens what it has sealed, and the next one is known in advance.
/// </summary>
internal sealed class FormKeys(string secret, TimeProvider time, ILoggerFactory loggers) : IKeyManager
{
    /// <summary>The setting that has the secret.</summary>
    public const string Setting = "FORM_SECRET";

    /// <summary>How many characters the secret has at least.</summary>
    public const int LeastLength = 32;

    private static readonly TimeSpan Period = TimeSpan.FromDays(90);

    private readonly byte[] _secret = Encoding.UTF8.GetBytes(secret);
    private readonly AuthenticatedEncryptorFactory _encryptors = new(loggers);

    /// <inheritdoc/>
    public IReadOnlyCollection<IKey> GetAllKeys()
    {
        var now = (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / Period.Ticks;
        return [Make(now - 1), Make(now), Make(now + 1)];
    }

    // The keys never change but with time, and those of the next period are known already: what is remembered need not be thrown away.
    /// <inheritdoc/>
    public CancellationToken GetCacheExpirationToken() => CancellationToken.None;

    /// <inheritdoc/>
    public IKey CreateNewKey(DateTimeOffset activationDate, DateTimeOffset expirationDate) => throw Underivable();

    /// <inheritdoc/>
    public void RevokeKey(Guid keyId, string? reason = null) => throw Underivable();

    /// <inheritdoc/>
    public void RevokeAllKeys(DateTimeOffset revocationDate, string? reason = null) => throw Underivable();

    private static NotSupportedException Underivable() => new($"The keys of the forms follow from {Setting}; another secret makes other keys.");

    private FormKey Make(long period)
    {
        var begin = DateTimeOffset.UnixEpoch + (period * Period);
        return new FormKey(new Guid(Derive("id", period, 16)), begin, begin + Period, Derive("key", period, 64), _encryptors);
    }

    private byte[] Derive(string purpose, long period, int length) => HKDF.DeriveKey(
        HashAlgorithmName.SHA256,
        _secret,
        length,
        info: Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"BooksForYou.Marketplace forms {purpose} {period}")));
}
