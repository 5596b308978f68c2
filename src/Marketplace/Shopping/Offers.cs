using BooksForYou.Contracts.Cart.V1;
using BooksForYou.Marketplace.Peers;
using Microsoft.Extensions.Options;

namespace BooksForYou.Marketplace.Shopping;

/// <summary>The promotions that count now, kept in the background, so that no page has to ask. While Cart is away there are none: better no offer than a wrong one.</summary>
internal sealed class Offers(
    CartService.CartServiceClient cart,
    [FromKeyedServices(PeerNames.Cart)] Peer peer,
    IOptions<MarketplaceOptions> options,
    TimeProvider clock)
{
    // A promotion is seen within seconds of being turned on, and at the latest when it ends.
    private static readonly TimeSpan GoodFor = TimeSpan.FromSeconds(5);

    private volatile IReadOnlyList<Promotion> _known = [];
    private long? _askedAt;

    /// <summary>Buy two, get one free, when it counts now; else null.</summary>
    public Promotion? BuyTwoGetOneFree
    {
        get
        {
            var now = clock.GetUtcNow();
            return peer.IsAway ? null : _known.FirstOrDefault(offer =>
                offer.Kind == PromotionKind.BuyTwoGetOneFree && (offer.UntilTime is null || now < offer.UntilTime.ToDateTimeOffset()));
        }
    }

    /// <summary>Asks for the promotions again when what is known has become old.</summary>
    public async Task RefreshIfNeededAsync(CancellationToken cancellation)
    {
        if (_askedAt is { } before && clock.GetElapsedTime(before) < GoodFor)
        {
            return;
        }

        _askedAt = clock.GetTimestamp();
        var answer = await peer.AskAsync(call => cart.ListOffersAsync(new ListOffersRequest(), call), options.Value.BasketDeadline, cancellation);
        _known = answer.Value is { } response ? [.. response.Offers] : [];
    }
}
