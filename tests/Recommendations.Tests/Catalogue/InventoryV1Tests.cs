using System.Buffers.Text;
using System.Text;
using BooksForYou.Contracts.Inventory.V1;
using BooksForYou.Recommendations.Catalogue;
using BooksForYou.ServiceKit.Storage;
using BooksForYou.ServiceKit.Testing;
using Grpc.Core;

namespace BooksForYou.Recommendations.Tests.Catalogue;

public sealed class InventoryV1Tests(RunningOnEachEngine running) : IClassFixture<RunningOnEachEngine>
{
    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task GetBook_known_book_gives_all_of_it(DatabaseDialect engine)
    {
        var response = await Get(engine, 1);

        var seed = CatalogueSeed.Read()[0];
        Assert.Equal(
            new Contracts.Inventory.V1.Book
            {
                BookId = 1,
                Title = "The Maltese Falcon",
                Author = "Dashiell Hammett",
                Year = 1930,
                Isbn = seed.Isbn!,
                Category = BookCategory.Mystery,
                Description = seed.Description,
            },
            response.Book);
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task GetBook_unknown_year_and_isbn_are_not_set(DatabaseDialect engine)
    {
        var seed = CatalogueSeed.Read().First(book => book.Year is null || book.Isbn is null);

        var response = await Get(engine, seed.Id);

        Assert.Equal(seed.Year is not null, response.Book.HasYear);
        Assert.Equal(seed.Isbn ?? "", response.Book.Isbn);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(int.MinValue)]
    public async Task GetBook_unknown_number_is_not_found(int id)
    {
        var call = Get(DatabaseDialect.Sqlite, id);

        Assert.Equal("Book not found", (await StatusAssert.FailsAsync(StatusCode.NotFound, call)).Status.Detail);
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task ListBooks_page_by_page_gives_every_book_once_by_title(DatabaseDialect engine)
    {
        var books = new List<Contracts.Inventory.V1.Book>();
        var request = new ListBooksRequest { PageSize = 7 };
        do
        {
            var page = await List(engine, request);
            Assert.True(page.Books.Count == 7 || page.NextPageToken.Length == 0);
            books.AddRange(page.Books);
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);

        Assert.Equal(CatalogueSeed.Read().Select(book => book.Id), books.Select(book => book.BookId).Order());
        Assert.Equal(books.OrderBy(book => book.Title, StringComparer.OrdinalIgnoreCase).ThenBy(book => book.BookId), books);
    }

    [Fact]
    public async Task ListBooks_category_gives_its_books_only()
    {
        var page = await List(DatabaseDialect.Sqlite, new ListBooksRequest { Category = BookCategory.History, PageSize = 100 });

        Assert.Equal(CatalogueSeed.Read().Count(book => book.Category == BookCategory.History), page.Books.Count);
        Assert.All(page.Books, book => Assert.Equal(BookCategory.History, book.Category));
        Assert.Empty(page.NextPageToken);
    }

    [Theory]
    [InlineData(0, 24)]
    [InlineData(1, 1)]
    [InlineData(100, 100)]
    [InlineData(101, 100)]
    [InlineData(int.MaxValue, 100)]
    public async Task ListBooks_page_size_has_default_and_limit(int pageSize, int expected) =>
        Assert.Equal(expected, (await List(DatabaseDialect.Sqlite, new ListBooksRequest { PageSize = pageSize })).Books.Count);

    [Theory]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    public async Task ListBooks_negative_page_size_is_invalid(int pageSize) =>
        await StatusAssert.FailsForFieldAsync("page_size", List(DatabaseDialect.Sqlite, new ListBooksRequest { PageSize = pageSize }));

    [Theory]
    [InlineData("x")]
    [InlineData("!!!")]
    [InlineData("    ")]
    [InlineData("gIGC")]
    public async Task ListBooks_token_of_nobody_is_invalid(string token) =>
        await StatusAssert.FailsForFieldAsync("page_token", List(DatabaseDialect.Sqlite, new ListBooksRequest { PageToken = token }));

    [Theory]
    [InlineData("0")]
    [InlineData("0:1")]
    [InlineData("x:1:Title")]
    [InlineData("0:99999999999:Title")]
    [InlineData("-1:1:Title")]
    public async Task ListBooks_token_of_another_form_is_invalid(string content)
    {
        var token = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(content));

        await StatusAssert.FailsForFieldAsync("page_token", List(DatabaseDialect.Sqlite, new ListBooksRequest { PageToken = token }));
    }

    [Fact]
    public async Task ListBooks_token_of_another_category_is_invalid()
    {
        var page = await List(DatabaseDialect.Sqlite, new ListBooksRequest { Category = BookCategory.Mystery, PageSize = 1 });

        await StatusAssert.FailsForFieldAsync(
            "page_token",
            List(DatabaseDialect.Sqlite, new ListBooksRequest { Category = BookCategory.Fantasy, PageToken = page.NextPageToken }));
    }

    [Theory]
    [InlineData(13)]
    [InlineData(-1)]
    public async Task ListBooks_unknown_category_is_not_found(int category)
    {
        var call = List(DatabaseDialect.Sqlite, new ListBooksRequest { Category = (BookCategory)category });

        Assert.Equal("Category not found", (await StatusAssert.FailsAsync(StatusCode.NotFound, call)).Status.Detail);
    }

    private AsyncUnaryCall<GetBookResponse> Get(DatabaseDialect engine, int id) =>
        Client(engine).GetBookAsync(new GetBookRequest { BookId = id }, cancellationToken: TestContext.Current.CancellationToken);

    private AsyncUnaryCall<ListBooksResponse> List(DatabaseDialect engine, ListBooksRequest request) =>
        Client(engine).ListBooksAsync(request, cancellationToken: TestContext.Current.CancellationToken);

    private InventoryService.InventoryServiceClient Client(DatabaseDialect engine) => new(running.Channel(engine));
}
