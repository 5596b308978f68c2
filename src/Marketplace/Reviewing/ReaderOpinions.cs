using BooksForYou.Contracts.Reviews.V1;
using BooksForYou.Marketplace.Pages;
using BooksForYou.Marketplace.Peers;
using BooksForYou.Marketplace.People;

namespace BooksForYou.Marketplace.Reviewing;

/// <summary>Gathers what the page of a book says about its reviews: everything is asked for at once, and nothing of it is needed for the page.</summary>
internal sealed class ReaderOpinions(Sessions sessions, BookReviews reviews, BookRatings ratings)
{
    /// <summary>The reviews of a book as one reader sees them.</summary>
    /// <param name="http">The request; its reader sees the own review, and all reviews as they are now.</param>
    /// <param name="bookId">The book.</param>
    /// <param name="place">Order and page of the list, and what was done before.</param>
    public async Task<ReviewsPanel> LookAsync(HttpContext http, int bookId, ReviewPlace place)
    {
        var cancellation = http.RequestAborted;
        var person = await sessions.FindAsync(http);
        var hasAccount = person is not null;
        var rated = hasAccount ? ratings.LearnAnewAsync(bookId, cancellation) : ratings.LearnAsync([bookId], cancellation);
        var listed = reviews.ListAsync(bookId, place.Sort.Value, place.PageToken, isAnew: hasAccount, cancellation);
        var mine = hasAccount
            ? reviews.GetMineAsync(await sessions.HeadersAsync(http), bookId, cancellation)
            : Task.FromResult(new Answer<GetMyReviewResponse>(new GetMyReviewResponse(), IsRefused: false));
        await Task.WhenAll(rated, listed, mine);
        var list = await listed;
        return new ReviewsPanel
        {
            BookId = bookId,
            Rating = ratings.Find(bookId),
            Reviews = list.Value?.Reviews ?? [],
            NextPageToken = list.Value?.NextPageToken ?? "",
            PageToken = list.IsRefused ? "" : place.PageToken,
            Sort = place.Sort,
            Mine = (await mine).Value?.Review,
            IsSignedIn = hasAccount,
            IsAway = reviews.IsAway || (list.Value is null && !list.IsRefused) || (await mine) is { Value: null, IsRefused: false },
            IsListed = list.Value is { Reviews.Count: > 0 },
            Notice = ReviewNotice.TextOf(place.Notice),
            VotedFor = place.VotedFor,
        };
    }
}
