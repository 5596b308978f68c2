using BooksForYou.Contracts.Reviews.V1;
using BooksForYou.Marketplace.Peers;

namespace BooksForYou.Marketplace.Shopkeeping;

/// <summary>The reviews that somebody of the shop has to look at.</summary>
internal sealed class ReviewDesk(ReviewsService.ReviewsServiceClient reviews, AdminCalls calls)
{
    /// <summary>The queue, the longest waiting first, a page at a time.</summary>
    public Task<Answer<ListReviewQueueResponse>> ListAsync(HttpContext http, string pageToken, int pageSize = 0)
    {
        var request = new ListReviewQueueRequest { PageToken = pageToken, PageSize = pageSize };
        return calls.AskAsync(http, PeerNames.Reviews, call => reviews.ListReviewQueueAsync(request, call));
    }

    /// <summary>Shows a review to everybody, or hides it.</summary>
    public Task<Answer<ModerateReviewResponse>> DecideAsync(HttpContext http, string reviewId, ReviewState state)
    {
        var request = new ModerateReviewRequest { ReviewId = reviewId, State = state };
        return calls.AskAsync(http, PeerNames.Reviews, call => reviews.ModerateReviewAsync(request, call));
    }
}
