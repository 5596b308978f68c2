using BooksForYou.Contracts.Inventory.V1;
using BooksForYou.Contracts.Recommendations.V1;
using BooksForYou.Recommendations.Catalogue;
using Grpc.Core;
using Book = BooksForYou.Recommendations.Catalogue.Book;

namespace BooksForYou.Recommendations;

/// <summary>Serves <c>booksforyou.recommendations.v1.RecommendationsService</c>.</summary>
internal sealed class RecommendationsV1(
    Recommender recommender, BookCatalogue catalogue) : RecommendationsService.RecommendationsServiceBase
{
    public override Task<RecommendResponse> Recommend(RecommendRequest request, ServerCallContext context) =>
        catalogue.IsLoaded ? Task.FromResult(Recommend(request)) : WaitAsync(Recommend, request, context);

    public override Task<SimilarBooksResponse> SimilarBooks(SimilarBooksRequest request, ServerCallContext context) =>
        catalogue.IsLoaded ? Task.FromResult(FindSimilar(request)) : WaitAsync(FindSimilar, request, context);

    private async Task<TResponse> WaitAsync<TRequest, TResponse>(
        Func<TRequest, TResponse> answer, TRequest request, ServerCallContext context)
    {
        await catalogue.WaitUntilLoadedAsync(context.CancellationToken);
        return answer(request);
    }

    private RecommendResponse Recommend(RecommendRequest request)
    {
        var category = request.HasCategory ? request.Category : BookCategory.Unspecified;
        var books = recommender.Recommend(category, request.MaxResults);
        var reason = Reason.Random(category);

        var response = new RecommendResponse { Recommendations = { Capacity = books.Length } };
        foreach (var book in books)
        {
            response.Recommendations.Add(Message(book, reason));
        }

        return response;
    }

    private SimilarBooksResponse FindSimilar(SimilarBooksRequest request)
    {
        var response = new SimilarBooksResponse();
        foreach (var similar in recommender.FindSimilar(request.BookId, request.MaxResults))
        {
            response.Recommendations.Add(Message(similar.Book, similar.Reason));
        }

        return response;
    }

    private static Recommendation Message(Book book, string reason) =>
        new() { BookId = book.Id, Title = book.Title, Author = book.Author, Reason = reason, Category = book.Category };
}
