namespace BooksForYou.Cart.Promotions;

/// <summary>The promotions that count now. They are read anew every two seconds: a change elsewhere counts here no later.</summary>
internal sealed class Offers(PromotionStore store, TimeProvider time)
{
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(2);

    private volatile Known? _known;

    /// <summary>Gives the promotions that count now, the oldest first.</summary>
    public async ValueTask<IReadOnlyList<Promotion>> ListAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var known = _known;
        if (known is null || (now - known.ReadAt).Duration() > Freshness)
        {
            var all = await store.ListAsync(cancellationToken);
            _known = known = new Known(now, [.. all.Reverse()]);
        }

        return [.. known.Promotions.Where(promotion => promotion.CountsAt(now))];
    }

    /// <summary>Has them read anew at the next look, since one was changed here.</summary>
    public void Forget() => _known = null;

    private sealed record Known(DateTimeOffset ReadAt, IReadOnlyList<Promotion> Promotions);
}
