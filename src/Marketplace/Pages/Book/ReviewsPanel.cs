using System.Globalization;
using BooksForYou.Contracts.Reviews.V1;
using BooksForYou.Marketplace.Reviewing;
using BooksForYou.Marketplace.Web;

namespace BooksForYou.Marketplace.Pages;

/// <summary>What the page of a book says about its reviews.</summary>
internal sealed class ReviewsPanel
{
    public required int BookId { get; init; }

    /// <summary>Average, count and histogram; null when there are no reviews, or nothing is known.</summary>
    public Rating? Rating { get; init; }

    /// <summary>The reviews of this page.</summary>
    public IReadOnlyList<Review> Reviews { get; init; } = [];

    /// <summary>Where the next page begins; empty on the last one.</summary>
    public string NextPageToken { get; init; } = "";

    /// <summary>Where this page begins; empty on the first one.</summary>
    public string PageToken { get; init; } = "";

    public ReviewSort Sort { get; init; } = ReviewSort.All[0];

    /// <summary>What the person who is signed in has written; null when that is nothing.</summary>
    public Review? Mine { get; init; }

    public bool IsSignedIn { get; init; }

    /// <summary>Whether Reviews does not answer: what is shown, if anything, is from before.</summary>
    public bool IsAway { get; init; }

    /// <summary>Whether reviews are listed, be it from before.</summary>
    public bool IsListed { get; init; }

    /// <summary>What became of the last thing that was done with a review, if the reader has to know.</summary>
    public string? Notice { get; init; }

    /// <summary>The review that the reader has just voted for; empty for none.</summary>
    public string VotedFor { get; init; } = "";

    /// <summary>The address of the form for a review.</summary>
    public string FormHref => $"/books/{BookId}/review";

    /// <summary>Where a reader who is not signed in is sent first.</summary>
    public string SignInHref => LocalPath.SignInHref(FormHref);

    /// <summary>How many gave 1 to 5 stars, the most stars first.</summary>
    public IEnumerable<(int Stars, int Count)> Histogram => Rating is null
        ? []
        : Rating.Histogram.Select((count, index) => (index + 1, count)).Reverse();

    /// <summary>The address of the first page in an order.</summary>
    public string HrefOf(ReviewSort sort) => sort.Slug.Length == 0 ? $"/books/{BookId}#reviews" : $"/books/{BookId}?order={sort.Slug}#reviews";

    /// <summary>The address of the next page.</summary>
    public string NextHref => $"/books/{BookId}?order={Sort.Slug}&after={Uri.EscapeDataString(NextPageToken)}#reviews";

    /// <summary>Where somebody votes for a review after signing in: on this page.</summary>
    public string SignInToVoteHref => LocalPath.SignInHref($"/books/{BookId}#reviews");

    /// <summary>Whether a review is that of the person who is signed in.</summary>
    public bool IsMine(Review review) => Mine is not null && Mine.ReviewId == review.ReviewId;

    /// <summary>Where somebody reports a review.</summary>
    public string ReportHrefOf(Review review) => $"/books/{BookId}/report/{Uri.EscapeDataString(review.ReviewId)}";

    /// <summary>Who wrote a review.</summary>
    public static string NameOf(Review review) => review.ReaderName.Length > 0 ? review.ReaderName : "A reader who has left";

    /// <summary>The day a review was written, in Coordinated Universal Time.</summary>
    public static string DayOf(Google.Protobuf.WellKnownTypes.Timestamp time) => time.ToDateTime().ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>Who can see a review of the person who is signed in, and why.</summary>
    public static string StateOf(Review mine) => mine.State switch
    {
        ReviewState.Held => "Only you can see it yet: it has words in it that somebody of the shop looks at first.",
        ReviewState.Hidden => "Only you can see it: somebody of the shop has taken it off the page. You can edit it or delete it.",
        _ => "Everybody can read it.",
    };
}
