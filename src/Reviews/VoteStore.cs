using System.Data;
using BooksForYou.ServiceKit.Errors;
using BooksForYou.ServiceKit.Storage;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace BooksForYou.Reviews;

/// <summary>Counts who finds a review helpful, once each.</summary>
internal sealed class VoteStore([FromKeyedServices("Reviews")] Database database)
{
    private readonly string _forUpdate = database.Dialect == DatabaseDialect.PostgreSql ? "FOR UPDATE" : "";

    /// <summary>Gives a vote or takes it back; done already, nothing changes.</summary>
    /// <returns>How many find the review helpful now.</returns>
    /// <exception cref="NotFoundException">There is no such review that the reader can see.</exception>
    /// <exception cref="FailedPreconditionException">It is the reader's own.</exception>
    public Task<int> VoteAsync(string reviewId, string readerId, bool isHelpful, CancellationToken cancellationToken) => database.TransactionAsync(
        IsolationLevel.ReadCommitted,
        async (connection, token) =>
        {
            var review = await connection.QuerySingleOrDefaultAsync<Review>(new CommandDefinition(
                $"SELECT {Review.Columns} FROM review WHERE review_id = @reviewId {_forUpdate}", new { reviewId }, cancellationToken: token));
            if (review is null || (review.State != ReviewState.Visible && review.ReaderId != readerId))
            {
                throw ReviewId.NotFound();
            }

            if (review.ReaderId == readerId)
            {
                throw new FailedPreconditionException("This is the caller's own review.");
            }

            var changed = await connection.ExecuteAsync(new CommandDefinition(
                isHelpful
                    ? "INSERT INTO helpful_vote (review_number, reader_id) VALUES (@Number, @readerId) ON CONFLICT (review_number, reader_id) DO NOTHING"
                    : "DELETE FROM helpful_vote WHERE review_number = @Number AND reader_id = @readerId",
                new { review.Number, readerId },
                cancellationToken: token));
            return changed == 0
                ? review.HelpfulVotes
                : await connection.QuerySingleAsync<int>(new CommandDefinition(
                    "UPDATE review SET helpful_votes = helpful_votes + @change WHERE review_number = @Number RETURNING helpful_votes",
                    new { review.Number, change = isHelpful ? 1 : -1 },
                    cancellationToken: token));
        },
        cancellationToken);
}
