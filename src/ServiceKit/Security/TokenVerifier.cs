using System.Collections.Concurrent;
using BooksForYou.Contracts.Security.V1;
using BooksForYou.ServiceKit.Errors;

namespace BooksForYou.ServiceKit.Security;

/// <summary>
/// Finds out whose token it is (RFC 7519, section 7.2). A token that was verified is remembered until it ends, since a signature costs a hundred
/// times as much as a look.
/// </summary>
internal sealed class TokenVerifier
{
    private const string Scheme = "Bearer ";
    private const int LongestToken = 4096;
    private const int MostRemembered = 10_000;
    private const int LongestSubject = 100;
    private const int LongestName = 400;

    // Clocks of two machines differ by a little.
    private static readonly TimeSpan Leeway = TimeSpan.FromSeconds(5);

    private readonly VerificationKeys _keys;
    private readonly TimeProvider _time;
    private ConcurrentDictionary<string, Verified> _recent = new();
    private ConcurrentDictionary<string, Verified> _older = new();

    public TokenVerifier(VerificationKeys keys, TimeProvider time)
    {
        _keys = keys;
        _time = time;
        keys.KeyRemoved += Forget;
    }

    /// <summary>Says that an authorization is not what this store takes.</summary>
    public static UnauthenticatedException NotOneToken() => new("The authorization is not one bearer token.");

    /// <summary>Finds a token among those that were verified before; null when it has to be verified.</summary>
    /// <param name="authorization">What the call carries: <c>Bearer</c> and the token (RFC 6750, section 2.1).</param>
    /// <exception cref="UnauthenticatedException">Its time is over or has not come.</exception>
    public Caller? FindVerified(string authorization)
    {
        if (!_recent.TryGetValue(authorization, out var known) && !_older.TryGetValue(authorization, out known))
        {
            return null;
        }

        _keys.Refresh();
        CheckTime(known.NotBefore, known.Expires);
        return known.Caller;
    }

    /// <summary>Verifies a token.</summary>
    /// <param name="authorization">What the call carries.</param>
    /// <param name="cancellationToken">Ends the wait for Accounts.</param>
    /// <exception cref="UnauthenticatedException">It is not one of this store, or its time is over or has not come.</exception>
    /// <exception cref="UnavailableException">It cannot be verified, since Accounts did not answer.</exception>
    public async Task<Caller> VerifyAsync(string authorization, CancellationToken cancellationToken)
    {
        if (!authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            throw NotOneToken();
        }

        var token = authorization[Scheme.Length..];
        if (token.Length > LongestToken
            || !WebSignature.TrySplit(token, out var header, out var payload, out var signature)
            || TokenHeader.Read(header) is not { } read
            || TokenClaims.Read(payload) is not { Issuer: TokenClaims.StoreIssuer, Audience: TokenClaims.StoreAudience } claims
            || claims.Role == Role.Unspecified
            || claims.Subject.Length is 0 or > LongestSubject
            || claims.Name.Length > LongestName
            || await _keys.FindAsync(read.KeyId, cancellationToken) is not { } key
            || !key.HasSigned(token, signature))
        {
            throw Refused();
        }

        var notBefore = TimeOf(claims.NotBefore);
        var expires = TimeOf(claims.Expires);
        CheckTime(notBefore, expires);
        var caller = new Caller(claims.Role, claims.Subject, claims.Name);
        Remember(authorization, new Verified(caller, notBefore, expires));
        return caller;
    }

    private static UnauthenticatedException Refused() => new("The token is not valid.");

    private static DateTimeOffset TimeOf(long seconds) =>
        seconds is >= 0 and <= 253_402_300_799 ? DateTimeOffset.FromUnixTimeSeconds(seconds) : throw Refused();

    private void CheckTime(DateTimeOffset notBefore, DateTimeOffset expires)
    {
        var now = _time.GetUtcNow();
        if (now >= expires)
        {
            throw new UnauthenticatedException("The token has expired.");
        }

        if (now + Leeway < notBefore)
        {
            throw new UnauthenticatedException("The token is not valid yet.");
        }
    }

    // Two generations: when one is full, the one before it is forgotten. Nobody who is here all the time is verified more than once a generation.
    private void Remember(string authorization, Verified verified)
    {
        if (_recent.Count >= MostRemembered)
        {
            _older = _recent;
            _recent = new ConcurrentDictionary<string, Verified>();
        }

        _recent[authorization] = verified;
    }

    private void Forget()
    {
        _recent = new ConcurrentDictionary<string, Verified>();
        _older = new ConcurrentDictionary<string, Verified>();
    }

    private sealed record Verified(Caller Caller, DateTimeOffset NotBefore, DateTimeOffset Expires);
}
