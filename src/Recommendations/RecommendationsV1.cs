using BooksForYou.Contracts.Inventory.V1;
using BooksForYou.Contracts.Recommendations.V1;
using Grpc.Core;
using Book = BooksForYou.Recommendations.Catalogue.Book;

namespace BooksForYou.Recommendations;

/// <summary>Serves <c>booksforyou.recommendations.v1.RecommendationsService</c>.</summary>
internal sealed class RecommendationsV1(Recommender recommender) : RecommendationsService.RecommendationsServiceBase
{
    public override Task<RecommendResponse> Recommend(RecommendRequest request, ServerCallContext context)
    {
        var category = request.HasCategory ? request.Category : BookCategory.Unspecified;
        var books = recommender.Recommend(category, request.MaxResults);
        var reason = Reason.Random(category);

        var response = new RecommendResponse { Recommendations = { Capacity = books.Length } };
        foreach (var book in books)
        {
            response.Recommendations.Add(Message(book, reason));
        }

        return Task.FromResult(response);
    }

    public override Task<SimilarBooksResponse> SimilarBooks(SimilarBooksRequest request, ServerCallContext context)
    {
        var response = new SimilarBooksResponse();
        foreach (var similar in recommender.FindSimilar(request.BookId, request.MaxResults))
        {
            response.Recommendations.Add(Message(similar.Book, similar.Reason));
        }

        return Task.FromResult(response);
    }

    private static Recommendation Message(Book book, string reason) =>
        new() { BookId = book.Id, Title = book.Title, Author = book.Author, Reason = reason, Category = book.Category };
}
