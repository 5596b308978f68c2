using BooksForYou.Contracts.Accounts.V1;
using BooksForYou.Marketplace.Peers;
using Grpc.Core;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;
using VisitorToken = BooksForYou.Marketplace.Shopping.Token;

namespace BooksForYou.Marketplace.People;

/// <summary>
/// Tokens of visitors. Each is asked for once, anew in the background when half its life is over, and used until it ends when there is nobody to ask.
/// </summary>
internal sealed class VisitorTokens(
    AccountsService.AccountsServiceClient accounts,
    [FromKeyedServices(PeerNames.Accounts)] Peer peer,
    IOptions<MarketplaceOptions> options,
    TimeProvider clock) : IDisposable
{
    private const int TokensKept = 20_000;

    private readonly MemoryCache _issued = new(new MemoryCacheOptions { SizeLimit = TokensKept });

    // Whoever reads without a cookie reads as this visitor. It has no basket, and nobody is told its id.
    private readonly string _anybody = VisitorToken.New();

    /// <summary>The headers of a visitor's calls; null when Accounts is away and there is no token from before.</summary>
    public async ValueTask<Metadata?> HeadersAsync(string visitor, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (!_issued.TryGetValue<Issued>(visitor, out var issued) || now >= issued!.Expires)
        {
            issued = await IssueAsync(visitor, now, cancellation);
        }
        else if (now >= issued.HalfTime && issued.TryBeginRenewal(now))
        {
            RenewInBackground(visitor, now);
        }

        return issued?.Headers;
    }

    /// <summary>The headers of calls that only read, for somebody who has no basket.</summary>
    public ValueTask<Metadata?> AnybodysHeadersAsync(CancellationToken cancellation) => HeadersAsync(_anybody, cancellation);

    /// <inheritdoc/>
    public void Dispose() => _issued.Dispose();

    // The visitor who happens to be here does not wait for it, and does not end it by leaving.
    private void RenewInBackground(string visitor, DateTimeOffset now)
    {
        using var detached = ExecutionContext.SuppressFlow();
        _ = Task.Run(() => IssueAsync(visitor, now, CancellationToken.None));
    }

    private async Task<Issued?> IssueAsync(string visitor, DateTimeOffset now, CancellationToken cancellation)
    {
        var request = new IssueVisitorTokenRequest { VisitorId = visitor };
        var answer = await peer.AskAsync(call => accounts.IssueVisitorTokenAsync(request, call), options.Value.PersonDeadline, cancellation);
        if (answer.Value?.Token is not { } token)
        {
            return null;
        }

        var expires = token.ExpireTime.ToDateTimeOffset();
        var issued = new Issued(Bearer.HeadersOf(token.Value), now + ((expires - now) / 2), expires);
        return _issued.Set(visitor, issued, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpiration = expires });
    }

    private sealed class Issued(Metadata headers, DateTimeOffset halfTime, DateTimeOffset expires)
    {
        private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

        private long _renewalBegan;

        public Metadata Headers { get; } = headers;

        public DateTimeOffset HalfTime { get; } = halfTime;

        public DateTimeOffset Expires { get; } = expires;

        /// <summary>Whether it is time to ask once more; one caller at a time is told so.</summary>
        public bool TryBeginRenewal(DateTimeOffset now)
        {
            var before = Volatile.Read(ref _renewalBegan);
            return now.UtcTicks - before >= Pause.Ticks && Interlocked.CompareExchange(ref _renewalBegan, now.UtcTicks, before) == before;
        }
    }
}
