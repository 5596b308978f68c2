using BooksForYou.Contracts.Recommendations.V1;
using BooksForYou.Marketplace.Covers;
using BooksForYou.Marketplace.Peers;
using Microsoft.Extensions.Options;

namespace BooksForYou.Marketplace;

/// <summary>Books like a given one. A page does without them while the service is away and nothing is known from before.</summary>
internal sealed class SimilarBooks : IDisposable
{
    private const int BooksKept = 2_000;
    private const int Count = 6;

    private readonly RecommendationsService.RecommendationsServiceClient _recommendations;
    private readonly Peer _peer;
    private readonly CoverShelf _covers;
    private readonly TimeSpan _deadline;
    private readonly LastKnown<int, IReadOnlyList<BookTile>> _known;

    public SimilarBooks(
        RecommendationsService.RecommendationsServiceClient recommendations,
        [FromKeyedServices(PeerNames.Recommendations)] Peer peer,
        CoverShelf covers,
        IOptions<MarketplaceOptions> options,
        TimeProvider clock)
    {
        _recommendations = recommendations;
        _peer = peer;
        _covers = covers;
        _deadline = options.Value.RecommendationsDeadline;
        _known = new(BooksKept, options.Value.FreshFor, clock);
    }

    /// <summary>The books most like a given one; none when the service has nothing to say.</summary>
    public async ValueTask<IReadOnlyList<BookTile>> GetAsync(int bookId, CancellationToken cancellation)
    {
        var answer = await _known.GetAsync(bookId, async key =>
        {
            var request = new SimilarBooksRequest { BookId = key, MaxResults = Count };
            var response = await _peer.AskAsync(options => _recommendations.SimilarBooksAsync(request, options), _deadline, cancellation);
            return response.Select(Tiles);
        });
        return answer.Value ?? [];
    }

    /// <inheritdoc/>
    public void Dispose() => _known.Dispose();

    private IReadOnlyList<BookTile> Tiles(SimilarBooksResponse response)
    {
        var tiles = response.Recommendations.Select(book => new BookTile(book)).ToArray();
        foreach (var tile in tiles)
        {
            _covers.Keep(tile.Cover);
        }

        return tiles;
    }
}
