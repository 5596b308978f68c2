using BooksForYou.Contracts.Inventory.V1;
using BooksForYou.Contracts.Recommendations.V1;
using BooksForYou.Marketplace.Covers;
using BooksForYou.Marketplace.Peers;
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
    private volatile IReadOnlyList<BookTile> _lastPicks = [];
    private volatile IReadOnlyList<Shelf>? _shelves;
    private long _arrangedAt;
    private Task _arranging = Task.CompletedTask;

    /// <summary>Whether the service has to be asked: it was away, or the shelves have stood there long enough.</summary>
    public bool NeedsArranging => peer.IsAway || _shelves is null || clock.GetElapsedTime(Volatile.Read(ref _arrangedAt)) >= options.Value.FreshFor;

    /// <summary>Three mystery books: new ones, or while the service is away the last ones; none when there never were any.</summary>
    public async ValueTask<IReadOnlyList<BookTile>> GetPicksAsync(CancellationToken cancellation)
    {
        var answer = await peer.AskAsync(call => recommendations.RecommendAsync(PicksRequest, call), options.Value.RecommendationsDeadline, cancellation);
        return answer.Value is { Recommendations.Count: > 0 } response ? _lastPicks = Tiles(response) : _lastPicks;
    }

    /// <summary>The shelves of the window; empty while the service has never answered.</summary>
    public async ValueTask<IReadOnlyList<Shelf>> GetShelvesAsync()
    {
        if (_shelves is null && !peer.IsAway)
        {
            await ArrangeAsync();
        }

        return _shelves ?? [];
    }

    /// <summary>Asks the service for every shelf at once. Whoever comes meanwhile waits for the same answers.</summary>
    public Task ArrangeAsync()
    {
        lock (_gate)
        {
            return _arranging.IsCompleted ? _arranging = ArrangeNowAsync() : _arranging;
        }
    }

    private async Task ArrangeNowAsync()
    {
        var before = _shelves ?? [];
        var picks = _lastPicks.Count == 0 ? AskAsync(PicksRequest) : Task.FromResult(Answer<RecommendResponse>.Away);
        var answers = await Task.WhenAll(ShelfCategories.Select(category => AskAsync(new RecommendRequest { Category = category.Value, MaxResults = ShelfLength })));
        if ((await picks).Value is { } first && _lastPicks.Count == 0)
        {
            _lastPicks = Tiles(first);
        }

        if (answers.All(answer => answer.Value is null && !answer.IsRefused))
        {
            return;
        }

        _shelves = ShelfCategories
            .Select((category, index) => answers[index].Value is { } response ? new Shelf(category, Tiles(response)) : before.FirstOrDefault(shelf => shelf.Category == category))
            .OfType<Shelf>()
            .Where(shelf => shelf.Books.Count > 0)
            .ToArray();
        Volatile.Write(ref _arrangedAt, clock.GetTimestamp());
    }

    private Task<Answer<RecommendResponse>> AskAsync(RecommendRequest request) =>
        peer.ProbeAsync(call => recommendations.RecommendAsync(request, call), options.Value.RecommendationsDeadline, CancellationToken.None);

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
