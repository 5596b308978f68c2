using BooksForYou.Contracts.Unversioned;
using Grpc.Core;

namespace BooksForYou.BareServer;

/// <summary>The books of every answer.</summary>
internal sealed record Answer((int Id, string Title)[] Books);

/// <summary>Gives the same books each time, in a new message each time, as a service does.</summary>
internal sealed class BareRecommendationsService(Answer answer) : Recommendations.RecommendationsBase
{
    public override Task<RecommendationResponse> Recommend(RecommendationRequest request, ServerCallContext context)
    {
        var response = new RecommendationResponse();
        foreach (var (id, title) in answer.Books)
        {
            response.Recommendations.Add(new BookRecommendation { Id = id, Title = title });
        }

        return Task.FromResult(response);
    }
}
