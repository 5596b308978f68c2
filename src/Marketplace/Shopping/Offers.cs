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

    private volatile Known? _known;

    /// <summary>Buy two, get one free, when it counts now; else null.</summary>
    public Promotion? BuyTwoGetOneFree
    {
        get
        {
            var now = clock.GetUtcNow();
            return peer.IsAway ? null : _known?.Offers.FirstOrDefault(offer =>
                offer.Kind == PromotionKind.BuyTwoGetOneFree && (offer.UntilTime is null || now < offer.UntilTime.ToDateTimeOffset()));
        }
    }

    /// <summary>Asks for the promotions again when what is known has become old.</summary>
    public async Task RefreshIfNeededAsync(CancellationToken cancellation)
    {
        if (_known is { } known && clock.GetElapsedTime(known.At) < GoodFor)
        {
            return;
        }

        var answer = await peer.AskAsync(call => cart.ListOffersAsync(new ListOffersRequest(), call), options.Value.BasketDeadline, cancellation);
        _known = answer.Value is { } response ? new Known([.. response.Offers], clock.GetTimestamp()) : null;
    }

    private sealed record Known(IReadOnlyList<Promotion> Offers, long At);
}
