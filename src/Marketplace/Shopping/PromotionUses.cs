using BooksForYou.Contracts.Transactions.V1;
using BooksForYou.Marketplace.Peers;
using BooksForYou.Marketplace.People;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace BooksForYou.Marketplace.Shopping;

/// <summary>Which customers have used the promotion that counts once a customer. That somebody has stays so for a while; that somebody has not may change any moment.</summary>
internal sealed class PromotionUses(
    TransactionsService.TransactionsServiceClient transactions,
    [FromKeyedServices(PeerNames.Transactions)] Peer peer,
    IOptions<MarketplaceOptions> options) : IDisposable
{
    private const int CustomersKept = 20_000;

    private static readonly TimeSpan UsedFor = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan NotUsedFor = TimeSpan.FromSeconds(3);

    private readonly MemoryCache _known = new(new MemoryCacheOptions { SizeLimit = CustomersKept });

    /// <summary>Whether a customer has used it; null when that cannot be told now.</summary>
    public async ValueTask<bool?> HasUsedAsync(Person person, CancellationToken cancellation)
    {
        if (_known.TryGetValue<bool>(person.AccountId, out var known))
        {
            return known;
        }

        var headers = Bearer.HeadersOf(person.Token);
        var request = new ListPromotionUsesRequest();
        var answer = await peer.AskAsync(call => transactions.ListPromotionUsesAsync(request, call), headers, options.Value.PersonDeadline, cancellation);
        if (answer.Value is not { } uses)
        {
            return null;
        }

        var hasUsed = uses.CustomerIds.Contains(person.AccountId);
        return _known.Set(person.AccountId, hasUsed, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = hasUsed ? UsedFor : NotUsedFor });
    }

    /// <summary>Forgets what is known of a customer, who has just bought something or tried to.</summary>
    public void Forget(Person person) => _known.Remove(person.AccountId);

    /// <inheritdoc/>
    public void Dispose() => _known.Dispose();
}
