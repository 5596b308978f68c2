using System.Collections.Frozen;
using BooksForYou.Contracts.Accounts.V1;
using BooksForYou.ServiceKit.Errors;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace BooksForYou.ServiceKit.Security;

/// <summary>
/// The keys that Accounts signs with. They are asked for when the process starts, or else when the first token arrives, again when one names a key that is
/// not known, and every few minutes. With Accounts away those that are known serve on.
/// </summary>
internal sealed partial class VerificationKeys(
    AccountsService.AccountsServiceClient accounts, IEnumerable<ISigningKeySource> own, TimeProvider time, ILogger<VerificationKeys> logger)
{
    private static readonly TimeSpan Freshness = TimeSpan.FromMinutes(5);

    // Somebody who makes up keys does not make us ask more often.
    private static readonly TimeSpan LeastPause = TimeSpan.FromSeconds(2);
    // Whoever waits for it has a deadline of their own.
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan PrefetchDeadline = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private FrozenDictionary<string, VerificationKey> _keys = FrozenDictionary<string, VerificationKey>.Empty;
    private Task<bool>? _fetch;
    private DateTimeOffset _fetched = DateTimeOffset.MinValue;
    private DateTimeOffset _tried = DateTimeOffset.MinValue;

    /// <summary>Raised when a key is no longer valid: what was verified with it has to be verified anew.</summary>
    public event Action? KeyRemoved;

    /// <summary>Asks for the keys before there is a token to verify, so that the first caller need not wait for it. A process that has them asks nobody. Without
    /// Accounts there are none yet, and nobody has to look after that: services start in any order.</summary>
    public async Task PrefetchAsync(CancellationToken cancellationToken)
    {
        foreach (var source in own)
        {
            Take(await source.ListAsync(cancellationToken));
            return;
        }

        try
        {
            await AskAsync(PrefetchDeadline, cancellationToken);
        }
        catch (RpcException)
        {
            // The first token asks again.
        }
    }

    /// <summary>Keeps the keys fresh. Costs a comparison when they are.</summary>
    public void Refresh()
    {
        if (time.GetUtcNow() - _fetched >= Freshness)
        {
            _ = FetchOnceAsync();
        }
    }

    /// <summary>Finds a key; null when there is no such key.</summary>
    /// <exception cref="UnavailableException">No keys are known, since Accounts did not answer.</exception>
    public async ValueTask<VerificationKey?> FindAsync(string keyId, CancellationToken cancellationToken)
    {
        if (_keys.TryGetValue(keyId, out var known))
        {
            Refresh();
            return known;
        }

        if (!await FetchOnceAsync().WaitAsync(cancellationToken) && _keys.Count == 0)
        {
            throw new UnavailableException("Tokens cannot be verified at present.");
        }

        return _keys.GetValueOrDefault(keyId);
    }

    // One question at a time, whoever asks; its answer is for all of them, so that none of them cancels it.
    private Task<bool> FetchOnceAsync()
    {
        lock (_gate)
        {
            if (_fetch is { IsCompleted: false } running)
            {
                return running;
            }

            var now = time.GetUtcNow();
            if (now - _tried < LeastPause)
            {
                return Task.FromResult(_fetched >= _tried);
            }

            _tried = now;
            using (ExecutionContext.SuppressFlow())
            {
                return _fetch = Task.Run(FetchAsync);
            }
        }
    }

    private async Task<bool> FetchAsync()
    {
        try
        {
            await AskAsync(Deadline, CancellationToken.None);
            return true;
        }
        catch (RpcException exception)
        {
            LogNotFetched(exception.StatusCode, exception.Status.Detail);
            return false;
        }
    }

    private async Task AskAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        var deadline = time.GetUtcNow().UtcDateTime + patience;
        Take((await accounts.ListSigningKeysAsync(new ListSigningKeysRequest(), deadline: deadline, cancellationToken: cancellationToken)).Keys);
    }

    private void Take(IEnumerable<SigningKey> keys)
    {
        // A key that is known stays the same object: verifying with it may be under way.
        var known = keys
            .Select(key => (key.KeyId, Key: _keys.GetValueOrDefault(key.KeyId) ?? VerificationKey.Import(key)))
            .Where(entry => entry.Key is not null)
            .ToFrozenDictionary(entry => entry.KeyId, entry => entry.Key!);
        var isOneGone = _keys.Keys.Any(keyId => !known.ContainsKey(keyId));
        _keys = known;
        _fetched = time.GetUtcNow();
        if (isOneGone)
        {
            KeyRemoved?.Invoke();
        }
    }

    [LoggerMessage(EventName = "KeysNotFetched", Level = LogLevel.Warning, Message = "Accounts did not give its keys ({Code}: {Detail}).")]
    private partial void LogNotFetched(StatusCode code, string detail);
}
