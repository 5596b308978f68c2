using BooksForYou.Contracts.Unversioned;
using BooksForYou.ServiceKit.Storage;
using BooksForYou.ServiceKit.Testing;
using Grpc.Core;
using Client = BooksForYou.Contracts.Unversioned.Recommendations.RecommendationsClient;

namespace BooksForYou.Recommendations.Tests;

public sealed class UnversionedRecommendationsTests(RunningOnEachEngine running) : IClassFixture<RunningOnEachEngine>
{
    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Recommend_mystery_gives_the_wanted_number_of_different_books(DatabaseDialect engine)
    {
        var response = await Call(engine, new RecommendationRequest { UserId = 1, Category = BookCategory.Mystery, MaxResults = 3 });

        Assert.Equal(3, response.Recommendations.DistinctBy(book => book.Id).Count());
        Assert.All(response.Recommendations, book => Assert.NotEmpty(book.Title));
    }

    [Theory]
    [InlineData(BookCategory.Mystery, "1 The Maltese Falcon", "2 Murder on the Orient Express", "3 The Hound of the Baskervilles")]
    [InlineData(BookCategory.ScienceFiction, "4 The Hitchhiker's Guide to the Galaxy", "5 Ender's Game", "6 The Dune Chronicles")]
    [InlineData(
        BookCategory.SelfHelp,
        "7 The 7 Habits of Highly Effective People",
        "8 How to Win Friends and Influence People",
        "9 Man's Search for Meaning")]
    public async Task Recommend_whole_category_has_the_first_store_s_books(BookCategory category, params string[] expected)
    {
        var response = await Call(DatabaseDialect.Sqlite, new RecommendationRequest { Category = category, MaxResults = 100 });

        Assert.Subset(response.Recommendations.Select(book => $"{book.Id} {book.Title}").ToHashSet(), expected.ToHashSet());
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Recommend_more_than_there_are_gives_each_book_once(DatabaseDialect engine)
    {
        var response = await Call(engine, new RecommendationRequest { Category = BookCategory.Mystery, MaxResults = int.MaxValue });

        Assert.InRange(response.Recommendations.Count, 10, 100);
        Assert.Equal(response.Recommendations.Count, response.Recommendations.DistinctBy(book => book.Id).Count());
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Recommend_none_wanted_gives_empty_list(DatabaseDialect engine) =>
        Assert.Empty((await Call(engine, new RecommendationRequest { Category = BookCategory.SelfHelp, MaxResults = 0 })).Recommendations);

    [Theory]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    public async Task Recommend_negative_number_is_invalid(int maxResults) =>
        await StatusAssert.FailsForFieldsAsync(
            ["max_results"],
            Call(DatabaseDialect.Sqlite, new RecommendationRequest { MaxResults = maxResults }));

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(-1)]
    [InlineData(int.MaxValue)]
    [InlineData(int.MinValue)]
    public async Task Recommend_unknown_category_is_not_found(int category)
    {
        var request = new RecommendationRequest { UserId = 1, Category = (BookCategory)category, MaxResults = 3 };

        var exception = await StatusAssert.FailsAsync(StatusCode.NotFound, Call(DatabaseDialect.Sqlite, request));

        Assert.Equal("Category not found", exception.Status.Detail);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    [InlineData(int.MaxValue)]
    public async Task Recommend_any_user_is_served(int userId)
    {
        var request = new RecommendationRequest { UserId = userId, Category = BookCategory.ScienceFiction, MaxResults = 2 };

        var response = await Call(DatabaseDialect.Sqlite, request);

        Assert.Equal(2, response.Recommendations.Count);
    }

    private AsyncUnaryCall<RecommendationResponse> Call(DatabaseDialect engine, RecommendationRequest request) =>
        new Client(running.Channel(engine)).RecommendAsync(request, cancellationToken: TestContext.Current.CancellationToken);
}
