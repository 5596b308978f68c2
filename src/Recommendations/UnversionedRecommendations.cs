using BooksForYou.Contracts.Unversioned;
using BooksForYou.Recommendations.Catalogue;
using BooksForYou.ServiceKit.Errors;
using Grpc.Core;
using Shelf = BooksForYou.Contracts.Inventory.V1.BookCategory;

namespace BooksForYou.Recommendations;

/// <summary>Serves <c>Recommendations</c> of <c>recommendations.proto</c>, the API that clients of the first version speak.</summary>
internal sealed class UnversionedRecommendations(
    Recommender recommender, BookCatalogue catalogue) : Contracts.Unversioned.Recommendations.RecommendationsBase
{
    public override Task<RecommendationResponse> Recommend(RecommendationRequest request, ServerCallContext context) =>
        catalogue.IsLoaded ? Task.FromResult(Recommend(request)) : WaitAsync(request, context);

    private async Task<RecommendationResponse> WaitAsync(RecommendationRequest request, ServerCallContext context)
    {
        await catalogue.WaitUntilLoadedAsync(context.CancellationToken);
        return Recommend(request);
    }

    private RecommendationResponse Recommend(RecommendationRequest request)
    {
        var books = recommender.Recommend(ShelfOf(request.Category), request.MaxResults);

        var response = new RecommendationResponse { Recommendations = { Capacity = books.Length } };
        foreach (var book in books)
        {
            response.Recommendations.Add(new BookRecommendation { Id = book.Id, Title = book.Title });
        }

        return response;
    }

    private static Shelf ShelfOf(BookCategory category) => category switch
    {
        BookCategory.Mystery => Shelf.Mystery,
        BookCategory.ScienceFiction => Shelf.ScienceFiction,
        BookCategory.SelfHelp => Shelf.SelfHelp,
        _ => throw new NotFoundException("Category not found"),
    };
}
