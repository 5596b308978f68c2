using BooksForYou.Contracts.Reviews.V1;
using BooksForYou.Marketplace.Peers;
using Microsoft.Extensions.Options;

namespace BooksForYou.Marketplace.Reviewing;

/// <summary>How readers rate books, which Reviews reckons. A page asks for all its books at once; a book whose rating is not known goes without.</summary>
internal sealed class BookRatings : IDisposable
{
    private const int BooksKept = 10_000;
    private const int MostBooks = 100;

    private readonly ReviewsService.ReviewsServiceClient _reviews;
    private readonly Peer _peer;
    private readonly TimeSpan _deadline;
    private readonly LastKnown<int, Rating> _known;

    public BookRatings(
        ReviewsService.ReviewsServiceClient reviews,
        [FromKeyedServices(PeerNames.Reviews)] Peer peer,
        IOptions<MarketplaceOptions> options,
        TimeProvider clock)
    {
        _reviews = reviews;
        _peer = peer;
        _deadline = options.Value.ReviewsDeadline;
        _known = new(BooksKept, options.Value.FreshFor, clock);
    }

    /// <summary>Whether Reviews is known to be away.</summary>
    public bool IsAway => _peer.IsAway;

    /// <summary>The rating of a book, as far as it is known without asking; null when it has none.</summary>
    public Rating? Find(int bookId) => _known.Find(bookId) is { Count: > 0 } rating ? rating : null;

    /// <summary>Asks in one call for those of many books whose ratings are not known, or not fresh.</summary>
    /// <param name="bookIds">The books.</param>
    /// <param name="cancellation">Cancelled when nobody waits for the answer any more.</param>
    public async Task LearnAsync(IEnumerable<int> bookIds, CancellationToken cancellation)
    {
        var unknown = bookIds.Where(id => _known.FindFresh(id) is null).Distinct().Take(MostBooks).ToList();
        if (unknown.Count > 0)
        {
            await AskAsync(unknown, cancellation);
        }
    }

    /// <summary>Asks for the rating of a book even when a fresh one is known.</summary>
    /// <param name="bookId">The book.</param>
    /// <param name="cancellation">Cancelled when nobody waits for the answer any more.</param>
    public Task LearnAnewAsync(int bookId, CancellationToken cancellation) => AskAsync([bookId], cancellation);

    /// <summary>Asks whether Reviews is back.</summary>
    public Task ProbeAsync(CancellationToken cancellation) =>
        _peer.ProbeAsync(call => _reviews.BatchGetRatingsAsync(new BatchGetRatingsRequest { BookIds = { 1 } }, call), _deadline, cancellation);

    /// <inheritdoc/>
    public void Dispose() => _known.Dispose();

    private async Task AskAsync(IReadOnlyList<int> bookIds, CancellationToken cancellation)
    {
        var request = new BatchGetRatingsRequest { BookIds = { bookIds } };
        var answer = await _peer.AskAsync(call => _reviews.BatchGetRatingsAsync(request, call), _deadline, cancellation);
        if (answer.Value is not { } response)
        {
            return;
        }

        var rated = response.Ratings.ToDictionary(rating => rating.BookId);
        foreach (var id in bookIds)
        {
            // A book that nobody has reviewed is known as well, and not asked for again at once.
            _known.Keep(id, rated.GetValueOrDefault(id) ?? new Rating { BookId = id });
        }
    }
}
