using BooksForYou.Contracts.Reviews.V1;
using BooksForYou.Marketplace.Peers;
using Grpc.Core;
using Microsoft.Extensions.Options;

namespace BooksForYou.Marketplace.Reviewing;

/// <summary>What readers write about books, which Reviews keeps.</summary>
internal sealed class BookReviews : IDisposable
{
    // Longer than any token of Reviews: what is longer is not sent on.
    private const int LongestToken = 512;
    private const int PagesKept = 300;
    private const int PageSize = 10;

    private readonly ReviewsService.ReviewsServiceClient _reviews;
    private readonly Peer _peer;
    private readonly MarketplaceOptions _options;
    private readonly LastKnown<(int BookId, ReviewOrder Order, string PageToken), ListReviewsResponse> _pages;

    public BookReviews(
        ReviewsService.ReviewsServiceClient reviews,
        [FromKeyedServices(PeerNames.Reviews)] Peer peer,
        IOptions<MarketplaceOptions> options,
        TimeProvider clock)
    {
        _reviews = reviews;
        _peer = peer;
        _options = options.Value;
        _pages = new(PagesKept, options.Value.FreshFor, clock);
    }

    /// <summary>Whether Reviews is known to be away.</summary>
    public bool IsAway => _peer.IsAway;

    /// <summary>A page of the reviews of a book; refused when the page token is none of theirs.</summary>
    /// <param name="bookId">The book.</param>
    /// <param name="order">The order.</param>
    /// <param name="pageToken">Where the page begins; empty for the first.</param>
    /// <param name="isAnew">Whether to ask even when a fresh answer is known: somebody who may just have written one wants to see it.</param>
    /// <param name="cancellation">Cancelled when nobody waits for the answer any more.</param>
    public async Task<Answer<ListReviewsResponse>> ListAsync(int bookId, ReviewOrder order, string pageToken, bool isAnew, CancellationToken cancellation)
    {
        if (pageToken.Length > LongestToken)
        {
            return Answer<ListReviewsResponse>.Refused;
        }

        var key = (bookId, order, pageToken);
        if (!isAnew)
        {
            return await _pages.GetAsync(key, one => AskForPageAsync(one, cancellation));
        }

        var answer = await AskForPageAsync(key, cancellation);
        if (answer.Value is { } page)
        {
            _pages.Keep(key, page);
        }

        return answer.IsRefused || answer.Value is not null ? answer : new Answer<ListReviewsResponse>(_pages.Find(key), IsRefused: false);
    }

    /// <summary>The review that somebody with an account has written about a book; an answer without one when there is none.</summary>
    public Task<Answer<GetMyReviewResponse>> GetMineAsync(Metadata? who, int bookId, CancellationToken cancellation) =>
        _peer.AskAsync(call => _reviews.GetMyReviewAsync(new GetMyReviewRequest { BookId = bookId }, call), who, _options.ReviewsDeadline, cancellation);

    /// <summary>Writes a review, or the same anew.</summary>
    public Task<Answer<WriteReviewResponse>> WriteAsync(Metadata? who, WriteReviewRequest request, CancellationToken cancellation) =>
        _peer.AskAsync(call => _reviews.WriteReviewAsync(request, call), who, _options.BasketDeadline, cancellation);

    /// <summary>Deletes a review.</summary>
    public Task<Answer<DeleteReviewResponse>> DeleteAsync(Metadata? who, int bookId, CancellationToken cancellation) =>
        _peer.AskAsync(call => _reviews.DeleteReviewAsync(new DeleteReviewRequest { BookId = bookId }, call), who, _options.BasketDeadline, cancellation);

    /// <summary>Says that somebody finds a review helpful, or does not any more.</summary>
    public Task<Answer<VoteHelpfulResponse>> VoteAsync(Metadata? who, string reviewId, bool helpful, CancellationToken cancellation)
    {
        var request = new VoteHelpfulRequest { ReviewId = reviewId, Helpful = helpful };
        return _peer.AskAsync(call => _reviews.VoteHelpfulAsync(request, call), who, _options.BasketDeadline, cancellation);
    }

    /// <summary>Tells the shop that a review should be looked at.</summary>
    public Task<Answer<ReportReviewResponse>> ReportAsync(Metadata? who, string reviewId, string reason, CancellationToken cancellation)
    {
        var request = new ReportReviewRequest { ReviewId = reviewId, Reason = reason };
        return _peer.AskAsync(call => _reviews.ReportReviewAsync(request, call), who, _options.BasketDeadline, cancellation);
    }

    /// <inheritdoc/>
    public void Dispose() => _pages.Dispose();

    private Task<Answer<ListReviewsResponse>> AskForPageAsync((int BookId, ReviewOrder Order, string PageToken) key, CancellationToken cancellation)
    {
        var request = new ListReviewsRequest { BookId = key.BookId, Order = key.Order, PageSize = PageSize, PageToken = key.PageToken };
        return _peer.AskAsync(call => _reviews.ListReviewsAsync(request, call), _options.ReviewsDeadline, cancellation);
    }
}
