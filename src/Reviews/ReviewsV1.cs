using BooksForYou.Contracts.Reviews.V1;
using BooksForYou.Reviews.Feed;
using BooksForYou.ServiceKit.Errors;
using BooksForYou.ServiceKit.Security;
using BooksForYou.ServiceKit.Storage;
using Grpc.Core;

namespace BooksForYou.Reviews;

/// <summary>The gRPC face of the service: <c>booksforyou.reviews.v1</c>. Whose review it is, the caller's token says.</summary>
internal sealed class ReviewsV1(
    ReviewWriting writing, ReviewStore reviews, ReviewList list, RatingStore ratings, VoteStore votes, ReportStore reports, ReviewFeed feed)
    : ReviewsService.ReviewsServiceBase
{
    private const int BookPage = 10;
    private const int OtherPage = 24;

    public override async Task<WriteReviewResponse> WriteReview(WriteReviewRequest request, ServerCallContext context)
    {
        var reader = Caller.Of(context);
        var text = RequestChecks.LineFeeds(request.Text);
        RequestChecks.Review(request, text);
        var review = await writing.WriteAsync(
            request.BookId, reader.Subject, reader.Name, request.Stars, request.Title, text, context.CancellationToken);
        return new WriteReviewResponse { Review = ContractMapping.ToContract(review) };
    }

    public override async Task<DeleteReviewResponse> DeleteReview(DeleteReviewRequest request, ServerCallContext context)
    {
        RequestChecks.Book(request.BookId);
        await reviews.DeleteAsync(request.BookId, Caller.Of(context).Subject, context.CancellationToken);
        return new DeleteReviewResponse();
    }

    public override async Task<GetMyReviewResponse> GetMyReview(GetMyReviewRequest request, ServerCallContext context)
    {
        RequestChecks.Book(request.BookId);
        var review = await list.FindAsync(request.BookId, Caller.Of(context).Subject, context.CancellationToken);
        return new GetMyReviewResponse { Review = review is null ? null : ContractMapping.ToContract(review) };
    }

    public override async Task<ListMyReviewsResponse> ListMyReviews(ListMyReviewsRequest request, ServerCallContext context)
    {
        var size = RequestChecks.PageSize(request.PageSize, OtherPage);
        var page = await list.OfReaderAsync(Caller.Of(context).Subject, size, request.PageToken, context.CancellationToken);
        return new ListMyReviewsResponse { Reviews = { page.Items.Select(ContractMapping.ToContract) }, NextPageToken = page.NextPageToken };
    }

    public override async Task<ListReviewsResponse> ListReviews(ListReviewsRequest request, ServerCallContext context)
    {
        RequestChecks.Book(request.BookId);
        var size = RequestChecks.PageSize(request.PageSize, BookPage);
        var page = request.Order switch
        {
            ReviewOrder.Unspecified or ReviewOrder.Newest =>
                await list.NewestAsync(request.BookId, size, request.PageToken, context.CancellationToken),
            ReviewOrder.MostHelpful =>
                await list.MostHelpfulAsync(request.BookId, size, request.PageToken, context.CancellationToken),
            _ => throw new InvalidArgumentException(new FieldViolation("order", "must be NEWEST or MOST_HELPFUL")),
        };
        return new ListReviewsResponse { Reviews = { page.Items.Select(ContractMapping.ToContract) }, NextPageToken = page.NextPageToken };
    }

    public override async Task<BatchGetRatingsResponse> BatchGetRatings(BatchGetRatingsRequest request, ServerCallContext context)
    {
        RequestChecks.Books(request.BookIds);
        var found = await ratings.ReadAsync(request.BookIds, context.CancellationToken);
        return new BatchGetRatingsResponse { Ratings = { found.Select(ContractMapping.ToContract) } };
    }

    public override async Task<VoteHelpfulResponse> VoteHelpful(VoteHelpfulRequest request, ServerCallContext context) => new()
    {
        HelpfulVotes = await votes.VoteAsync(
            ReviewId.Check(request.ReviewId), Caller.Of(context).Subject, request.Helpful, context.CancellationToken),
    };

    public override async Task<ReportReviewResponse> ReportReview(ReportReviewRequest request, ServerCallContext context)
    {
        var reason = RequestChecks.LineFeeds(request.Reason);
        RequestChecks.Reason(reason);
        await reports.ReportAsync(ReviewId.Check(request.ReviewId), Caller.Of(context).Subject, reason, context.CancellationToken);
        return new ReportReviewResponse();
    }

    public override async Task<ListReviewQueueResponse> ListReviewQueue(ListReviewQueueRequest request, ServerCallContext context)
    {
        var size = RequestChecks.PageSize(request.PageSize, OtherPage);
        var page = await reports.QueueAsync(size, request.PageToken, context.CancellationToken);
        return new ListReviewQueueResponse { Reviews = { page.Items.Select(ContractMapping.ToContract) }, NextPageToken = page.NextPageToken };
    }

    public override async Task<ModerateReviewResponse> ModerateReview(ModerateReviewRequest request, ServerCallContext context)
    {
        RequestChecks.Moderation(request.State);
        var review = await reviews.ModerateAsync(ReviewId.Check(request.ReviewId), (ReviewState)request.State, context.CancellationToken)
            ?? throw ReviewId.NotFound();
        return new ModerateReviewResponse { Review = ContractMapping.ToContract(review) };
    }

    public override async Task FollowReviews(
        FollowReviewsRequest request, IServerStreamWriter<FollowReviewsResponse> responseStream, ServerCallContext context)
    {
        if (!FeedPosition.TryParse(request.Cursor, out var position))
        {
            throw new InvalidArgumentException(new FieldViolation("cursor", "must be a cursor that was sent before, or empty"));
        }

        await foreach (var page in feed.FollowAsync(position, context.CancellationToken))
        {
            if (page.Changes.Count == 0)
            {
                await responseStream.WriteAsync(new FollowReviewsResponse { Cursor = position.ToCursor(), CaughtUp = true }, context.CancellationToken);
            }

            for (var index = 0; index < page.Changes.Count; index++)
            {
                position = page.Changes[index].Position;
                var isLast = page.IsLast && index == page.Changes.Count - 1;
                await responseStream.WriteAsync(ToContract(page.Changes[index], isLast), context.CancellationToken);
            }
        }
    }

    private static FollowReviewsResponse ToContract(ReviewChange change, bool caughtUp) => new()
    {
        Cursor = change.Position.ToCursor(),
        BookId = change.BookId,
        ReviewId = change.ReviewId,
        Stars = change.Stars,
        CaughtUp = caughtUp,
        Traceparent = change.Trace,
    };
}
