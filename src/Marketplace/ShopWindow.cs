using BooksForYou.Contracts.Inventory.V1;
using BooksForYou.Contracts.Recommendations.V1;
using BooksForYou.Marketplace.Covers;
using BooksForYou.Marketplace.Peers;
using BooksForYou.Marketplace.Reviewing;
using Microsoft.Extensions.Options;

namespace BooksForYou.Marketplace;

/// <summary>
/// What the home page shows: three mystery books, chosen anew at each visit, and a few shelves that stay for a while. While the service is
/// away the window keeps what was in it last.
/// </summary>
internal sealed class ShopWindow(
    RecommendationsService.RecommendationsServiceClient recommendations,
    [FromKeyedServices(PeerNames.Recommendations)] Peer peer,
    CoverShelf covers,
    BookRatings ratings,
    IOptions<MarketplaceOptions> options,
    TimeProvider clock)
{
    private const int PickCount = 3;
    private const int ShelfLength = 6;

    private static readonly IReadOnlyList<Category> ShelfCategories =
    [
        Categories.Find(BookCategory.ScienceFiction)!,
        Categories.Find(BookCategory.Classics)!,
        Categories.Find(BookCategory.Fantasy)!,
        Categories.Find(BookCategory.Fiction)!,
        Categories.Find(BookCategory.Children)!,
    ];

    private static readonly RecommendRequest PicksRequest = new() { Category = BookCategory.Mystery, MaxResults = PickCount };

    private readonly Lock _gate = new();
    private volatile BookTile[] _lastPicks = [];
    private volatile Arrangement? _arrangement;
    private long _arrangedAt;
    private Task _arranging = Task.CompletedTask;

    private bool NeedsArranging => peer.IsAway || _arrangement is null || clock.GetElapsedTime(Volatile.Read(ref _arrangedAt)) >= options.Value.FreshFor;

    /// <summary>Three mystery books: new ones, or while the service is away the last ones; none when there never were any.</summary>
    public async ValueTask<IReadOnlyList<BookTile>> GetPicksAsync(CancellationToken cancellation)
    {
        var deadline = _lastPicks.Length > 0 ? options.Value.RecommendationsDeadline : options.Value.FirstRecommendationsDeadline;
        var answer = await peer.AskAsync(call => recommendations.RecommendAsync(PicksRequest, call), deadline, cancellation);
        return answer.Value is { Recommendations.Count: > 0 } response ? _lastPicks = Tiles(response) : _lastPicks;
    }

    /// <summary>The shelves of the window; empty while the service has never answered.</summary>
    public async ValueTask<Arrangement> GetArrangementAsync()
    {
        // Twice at the most: the first round may be one that began before the services of this process served.
        for (var round = 0; round < 2 && _arrangement is null && !peer.IsAway; round++)
        {
            await ArrangeAsync(isForgiven: false);
        }

        return _arrangement ?? Arrangement.Empty;
    }

    /// <summary>Arranges the window if it never was, if it has stood there long enough, or to find out whether the service is back.</summary>
    public Task ArrangeIfNeededAsync()
    {
        lock (_gate)
        {
            return NeedsArranging ? ArrangeAsync(isForgiven: _arrangement is null && !peer.IsAway) : Task.CompletedTask;
        }
    }

    /// <summary>Asks the service for every shelf at once. Whoever comes meanwhile waits for the same answers.</summary>
    private Task ArrangeAsync(bool isForgiven)
    {
        lock (_gate)
        {
            if (_arranging.IsCompleted)
            {
                // The work is everybody's: it must not end when the visitor who began it goes away.
                using var detached = ExecutionContext.SuppressFlow();
                _arranging = Task.Run(() => ArrangeNowAsync(isForgiven));
            }

            return _arranging;
        }
    }

    private async Task ArrangeNowAsync(bool isForgiven)
    {
        var before = _arrangement ?? Arrangement.Empty;
        var deadline = _arrangement is null ? options.Value.FirstRecommendationsDeadline : options.Value.RecommendationsDeadline;
        Task<Answer<RecommendResponse>> AskAsync(RecommendRequest request) =>
            peer.ProbeAsync(call => recommendations.RecommendAsync(request, call), deadline, CancellationToken.None, isForgiven);

        var picks = AskAsync(PicksRequest);
        var answers = await Task.WhenAll(ShelfCategories.Select(category => AskAsync(new RecommendRequest { Category = category.Value, MaxResults = ShelfLength })));
        if ((await picks).Value is { } first && _lastPicks.Length == 0)
        {
            _lastPicks = Tiles(first);
        }

        if (answers.All(answer => answer.Value is null && !answer.IsRefused))
        {
            return;
        }

        var shelves = ShelfCategories
            .Select((category, index) => answers[index].Value is { } response ? new Shelf(category, Tiles(response)) : before.Find(category))
            .OfType<Shelf>()
            .ToList();
        await ratings.LearnAsync(shelves.SelectMany(shelf => shelf.Books).Select(book => book.Id), CancellationToken.None);
        _arrangement = new Arrangement(shelves);
        Volatile.Write(ref _arrangedAt, clock.GetTimestamp());
    }

    private BookTile[] Tiles(RecommendResponse response)
    {
        var tiles = new BookTile[response.Recommendations.Count];
        for (var i = 0; i < tiles.Length; i++)
        {
            tiles[i] = new BookTile(response.Recommendations[i]);
            covers.Keep(tiles[i].Cover);
        }

        return tiles;
    }
}
