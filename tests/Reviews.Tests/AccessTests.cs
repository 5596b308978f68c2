using BooksForYou.Contracts.Reviews.V1;
using BooksForYou.ServiceKit.Storage;
using Grpc.Core;

namespace BooksForYou.Reviews.Tests;

/// <summary>Who may do what, as the contract says; whose review it is, is tested where it is written.</summary>
public sealed class AccessTests
{
    [Fact]
    public async Task Calls_are_let_in_by_who_makes_them()
    {
        await using var running = await RunningReviews.StartAsync(DatabaseDialect.Sqlite);
        var client = running.Client;
        var id = (await running.WriteAsync(RunningReviews.NewReader())).ReviewId;
        var (customer, visitor, admin, service) =
            (running.As(RunningReviews.NewReader()), running.AsVisitor(Guid.NewGuid().ToString("N")), running.AsAdmin(), running.AsService());
        (string Name, Func<Metadata?, Task> CallAsync, Metadata?[] LetIn)[] rules =
        [
            Rule("WriteReview", h => client.WriteReviewAsync(new WriteReviewRequest { BookId = 1, Stars = 1 }, h).ResponseAsync, customer, admin),
            Rule("DeleteReview", h => client.DeleteReviewAsync(new DeleteReviewRequest { BookId = 2 }, h).ResponseAsync, customer, admin),
            Rule("GetMyReview", h => client.GetMyReviewAsync(new GetMyReviewRequest { BookId = 1 }, h).ResponseAsync, customer, admin),
            Rule("ListMyReviews", h => client.ListMyReviewsAsync(new ListMyReviewsRequest(), h).ResponseAsync, customer, admin),
            Rule("ListReviews", h => client.ListReviewsAsync(new ListReviewsRequest { BookId = 1 }, h).ResponseAsync, null, visitor, customer, admin, service),
            Rule("BatchGetRatings", h => client.BatchGetRatingsAsync(new BatchGetRatingsRequest(), h).ResponseAsync, null, visitor, customer, admin, service),
            Rule("VoteHelpful", h => client.VoteHelpfulAsync(new VoteHelpfulRequest { ReviewId = id }, h).ResponseAsync, customer, admin),
            Rule("ReportReview", h => client.ReportReviewAsync(new ReportReviewRequest { ReviewId = id, Reason = "?" }, h).ResponseAsync, visitor, customer, admin),
            Rule("ListReviewQueue", h => client.ListReviewQueueAsync(new ListReviewQueueRequest(), h).ResponseAsync, admin),
            Rule("ModerateReview", h => client.ModerateReviewAsync(
                new ModerateReviewRequest { ReviewId = id, State = Contracts.Reviews.V1.ReviewState.Visible }, h).ResponseAsync, admin),
            Rule("FollowReviews", async h => await client.FollowReviews(new FollowReviewsRequest(), h).ResponseStream.MoveNext(default), service),
        ];

        foreach (var rule in rules)
        {
            foreach (var headers in (Metadata?[])[null, visitor, customer, admin, service])
            {
                var refusal = headers is null ? StatusCode.Unauthenticated : StatusCode.PermissionDenied;
                var expected = rule.LetIn.Contains(headers) ? StatusCode.OK : refusal;
                Assert.Equal((rule.Name, expected), (rule.Name, await OutcomeAsync(() => rule.CallAsync(headers))));
            }
        }
    }

    private static (string, Func<Metadata?, Task>, Metadata?[]) Rule(string name, Func<Metadata?, Task> callAsync, params Metadata?[] letIn) =>
        (name, callAsync, letIn);

    private static async Task<StatusCode> OutcomeAsync(Func<Task> callAsync)
    {
        try
        {
            await callAsync();
            return StatusCode.OK;
        }
        catch (RpcException exception)
        {
            return exception.StatusCode;
        }
    }
}
