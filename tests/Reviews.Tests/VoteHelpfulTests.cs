using BooksForYou.Contracts.Reviews.V1;
using BooksForYou.ServiceKit.Storage;
using BooksForYou.ServiceKit.Testing;
using Grpc.Core;
using State = BooksForYou.Contracts.Reviews.V1.ReviewState;

namespace BooksForYou.Reviews.Tests;

public sealed class VoteHelpfulTests
{
    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task VoteHelpful_counts_each_reader_once_and_can_be_taken_back(DatabaseDialect engine)
    {
        await using var running = await RunningReviews.StartAsync(engine, replicas: 2);
        var review = await running.WriteAsync(RunningReviews.NewReader());
        var voters = Enumerable.Range(0, 12).Select(_ => RunningReviews.NewReader()).ToList();

        // Everybody from three tabs.
        await Task.WhenAll(voters.SelectMany(voter => Enumerable.Range(0, 3).Select(tab => running.VoteAsync(voter, review.ReviewId, replica: tab % 2))));
        Assert.Equal(12, await running.VoteAsync(voters[0], review.ReviewId));
        await Task.WhenAll(voters.Take(4).SelectMany(
            voter => Enumerable.Range(0, 2).Select(tab => running.VoteAsync(voter, review.ReviewId, helpful: false, replica: tab))));

        Assert.Equal(8, (await running.ListAsync()).Reviews.Single().HelpfulVotes);
        await running.AssertKeptIsCountedAsync();
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task VoteHelpful_own_or_invisible_review_is_refused(DatabaseDialect engine)
    {
        await using var running = await RunningReviews.StartAsync(engine);
        var (owner, other) = (RunningReviews.NewReader(), RunningReviews.NewReader());
        var review = await running.WriteAsync(owner);

        await FailsAsync(StatusCode.FailedPrecondition, owner, review.ReviewId);
        await running.ModerateAsync(review.ReviewId, State.Hidden);
        await FailsAsync(StatusCode.NotFound, other, review.ReviewId);
        await FailsAsync(StatusCode.NotFound, other, "");
        await FailsAsync(StatusCode.NotFound, other, "nul\0");
        await FailsAsync(StatusCode.NotFound, other, new string('A', 22));

        Task FailsAsync(StatusCode code, string reader, string reviewId) => StatusAssert.FailsAsync(code, running.Client.VoteHelpfulAsync(
            new VoteHelpfulRequest { ReviewId = reviewId, Helpful = true }, running.As(reader), cancellationToken: TestContext.Current.CancellationToken));
    }
}
