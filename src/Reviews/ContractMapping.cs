using Google.Protobuf.WellKnownTypes;
using Contract = BooksForYou.Contracts.Reviews.V1;

namespace BooksForYou.Reviews;

/// <summary>Reviews as the contract has them.</summary>
internal static class ContractMapping
{
    public static Contract.Review ToContract(Review review) => new()
    {
        ReviewId = review.Id,
        BookId = review.BookId,
        ReaderName = review.ReaderName,
        Stars = review.Stars,
        Title = review.Title,
        Text = review.Text,
        VerifiedPurchase = review.IsVerified,
        HelpfulVotes = review.HelpfulVotes,
        CreateTime = Timestamp.FromDateTimeOffset(review.CreatedAt),
        EditTime = review.EditedAt is { } edited ? Timestamp.FromDateTimeOffset(edited) : null,
        State = (Contract.ReviewState)review.State,
    };

    public static Contract.Rating ToContract(Rating rating) => new()
    {
        BookId = rating.BookId,
        Count = rating.Count,
        AverageHundredths = rating.AverageHundredths,
        Histogram = { rating.Histogram },
    };

    public static Contract.QueuedReview ToContract(QueuedReview queued) => new()
    {
        Review = ToContract(queued.Review),
        Reports = queued.Review.OpenReports,
        Reasons = { queued.Reasons },
    };
}
