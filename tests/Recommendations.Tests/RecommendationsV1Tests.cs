using BooksForYou.Contracts.Inventory.V1;
using BooksForYou.Contracts.Recommendations.V1;
using BooksForYou.ServiceKit.Storage;
using BooksForYou.ServiceKit.Testing;
using Grpc.Core;

namespace BooksForYou.Recommendations.Tests;

public sealed class RecommendationsV1Tests(RunningOnEachEngine running) : IClassFixture<RunningOnEachEngine>
{
    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Recommend_category_gives_its_books_and_says_why(DatabaseDialect engine)
    {
        var response = await Recommend(engine, new RecommendRequest { Category = BookCategory.Fantasy, MaxResults = 5 });

        Assert.Equal(5, response.Recommendations.DistinctBy(book => book.BookId).Count());
        Assert.All(response.Recommendations, book =>
        {
            Assert.Equal(BookCategory.Fantasy, book.Category);
            Assert.Equal("Picked at random from our fantasy shelf.", book.Reason);
            Assert.NotEmpty(book.Title);
            Assert.NotEmpty(book.Author);
        });
    }

    [Fact]
    public async Task Recommend_every_category_has_books()
    {
        foreach (var category in Enum.GetValues<BookCategory>())
        {
            var response = await Recommend(DatabaseDialect.Sqlite, new RecommendRequest { Category = category, MaxResults = 1 });
            Assert.Single(response.Recommendations);
        }
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Recommend_no_category_chooses_among_all(DatabaseDialect engine)
    {
        var response = await Recommend(engine, new RecommendRequest { MaxResults = 1000 });

        Assert.Equal(100, response.Recommendations.DistinctBy(book => book.BookId).Count());
        Assert.True(response.Recommendations.DistinctBy(book => book.Category).Count() > 3);
        Assert.All(response.Recommendations, book => Assert.Equal("Picked at random from all our shelves.", book.Reason));
    }

    [Theory]
    [InlineData(13)]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    [InlineData(int.MaxValue)]
    public async Task Recommend_unknown_category_is_not_found(int category)
    {
        var call = Recommend(DatabaseDialect.Sqlite, new RecommendRequest { Category = (BookCategory)category, MaxResults = 3 });

        Assert.Equal("Category not found", (await StatusAssert.FailsAsync(StatusCode.NotFound, call)).Status.Detail);
    }

    [Fact]
    public async Task Recommend_none_wanted_gives_empty_list() =>
        Assert.Empty((await Recommend(DatabaseDialect.Sqlite, new RecommendRequest { MaxResults = 0 })).Recommendations);

    [Fact]
    public async Task Recommend_negative_number_is_invalid() =>
        await StatusAssert.FailsForFieldsAsync(["max_results"], Recommend(DatabaseDialect.Sqlite, new RecommendRequest { MaxResults = -1 }));

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task SimilarBooks_same_author_comes_first_then_same_shelf(DatabaseDialect engine)
    {
        const int OrientExpress = 2;

        var response = await Similar(engine, OrientExpress, 10);

        Assert.Equal(10, response.Recommendations.DistinctBy(book => book.BookId).Count());
        Assert.DoesNotContain(response.Recommendations, book => book.BookId == OrientExpress);
        var byChristie = response.Recommendations.TakeWhile(book => book.Author == "Agatha Christie").ToList();
        Assert.Equal(4, byChristie.Count);
        Assert.All(byChristie, book => Assert.Equal("Also by Agatha Christie.", book.Reason));
        Assert.All(response.Recommendations.Skip(4), book =>
        {
            Assert.Equal(BookCategory.Mystery, book.Category);
            Assert.StartsWith("Also on our mystery shelf", book.Reason, StringComparison.Ordinal);
        });
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task SimilarBooks_asked_twice_gives_the_same(DatabaseDialect engine) =>
        Assert.Equal(await Similar(engine, 5, 20), await Similar(engine, 5, 20));

    [Fact]
    public async Task SimilarBooks_none_wanted_gives_empty_list() =>
        Assert.Empty((await Similar(DatabaseDialect.Sqlite, 1, 0)).Recommendations);

    [Fact]
    public async Task SimilarBooks_negative_number_is_invalid() =>
        await StatusAssert.FailsForFieldsAsync(["max_results"], Similar(DatabaseDialect.Sqlite, 1, -1));

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(int.MaxValue)]
    public async Task SimilarBooks_unknown_book_is_not_found(int bookId) =>
        await StatusAssert.FailsAsync(StatusCode.NotFound, Similar(DatabaseDialect.Sqlite, bookId, 3));

    private AsyncUnaryCall<RecommendResponse> Recommend(DatabaseDialect engine, RecommendRequest request) =>
        Client(engine).RecommendAsync(request, cancellationToken: TestContext.Current.CancellationToken);

    private AsyncUnaryCall<SimilarBooksResponse> Similar(DatabaseDialect engine, int bookId, int maxResults) =>
        Client(engine).SimilarBooksAsync(
            new SimilarBooksRequest { BookId = bookId, MaxResults = maxResults },
            cancellationToken: TestContext.Current.CancellationToken);

    private RecommendationsService.RecommendationsServiceClient Client(DatabaseDialect engine) => new(running.Channel(engine));
}
