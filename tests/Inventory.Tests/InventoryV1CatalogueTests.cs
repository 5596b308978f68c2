using System.Buffers.Text;
using System.Text;
using BooksForYou.Contracts.Inventory.V1;
using BooksForYou.Inventory.Catalogue;
using BooksForYou.ServiceKit.Storage;
using BooksForYou.ServiceKit.Testing;
using Grpc.Core;

namespace BooksForYou.Inventory.Tests;

/// <summary>What anybody may ask about books, over gRPC, on the seed.</summary>
public sealed class InventoryV1CatalogueTests(RunningOnEachEngine running) : IClassFixture<RunningOnEachEngine>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task GetBook_known_book_gives_all_of_it(DatabaseDialect engine)
    {
        var response = await running.Client(engine).GetBookAsync(new GetBookRequest { BookId = 1 }, cancellationToken: Token);

        var seed = CatalogueSeed.Read("EUR")[0].Book;
        Assert.Equal(
            new Book
            {
                BookId = 1,
                Title = "The Maltese Falcon",
                Author = "Dashiell Hammett",
                Year = 1930,
                Isbn = seed.Isbn,
                Category = BookCategory.Mystery,
                Description = seed.Description,
                Price = new Money { Cents = seed.PriceCents, Currency = "EUR" },
                Available = 20,
            },
            response.Book);
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task GetBook_unknown_year_is_not_set(DatabaseDialect engine)
    {
        var place = CatalogueSeed.Read("EUR").Index().First(added => added.Item.Book.Year is null || added.Item.Book.Isbn.Length == 0);

        var response = await running.Client(engine).GetBookAsync(new GetBookRequest { BookId = place.Index + 1 }, cancellationToken: Token);

        Assert.Equal((place.Item.Book.Year is not null, place.Item.Book.Isbn), (response.Book.HasYear, response.Book.Isbn));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(int.MinValue)]
    [InlineData(int.MaxValue)]
    public async Task GetBook_unknown_number_is_not_found(int bookId)
    {
        var call = running.Client(DatabaseDialect.Sqlite).GetBookAsync(new GetBookRequest { BookId = bookId }, cancellationToken: Token);

        Assert.Equal("Book not found", (await StatusAssert.FailsAsync(StatusCode.NotFound, call)).Status.Detail);
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task BatchGetBooks_gives_those_there_are_in_the_order_asked(DatabaseDialect engine)
    {
        var request = new BatchGetBooksRequest { BookIds = { 7, 3, 999_999, 3, -1, 5 } };

        var response = await running.Client(engine).BatchGetBooksAsync(request, cancellationToken: Token);

        Assert.Equal([7, 3, 5], response.Books.Select(book => book.BookId));
        Assert.All(response.Books, book => Assert.Equal(20, book.Available));
        Assert.Empty((await running.Client(engine).BatchGetBooksAsync(new BatchGetBooksRequest(), cancellationToken: Token)).Books);
    }

    [Fact]
    public async Task BatchGetBooks_more_than_200_is_invalid() => await StatusAssert.FailsForFieldsAsync(
        ["book_ids"],
        running.Client(DatabaseDialect.Sqlite).BatchGetBooksAsync(
            new BatchGetBooksRequest { BookIds = { Enumerable.Range(1, 201) } }, cancellationToken: Token));

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task ListBooks_page_by_page_gives_every_book_once(DatabaseDialect engine)
    {
        var books = new List<int>();
        var request = new ListBooksRequest { PageSize = 17, Order = BookOrder.Newest };
        do
        {
            var page = await List(engine, request);
            books.AddRange(page.Books.Select(book => book.BookId));
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);

        Assert.Equal(Enumerable.Range(1, 438), books.Order());
    }

    [Theory]
    [InlineData(0, 24)]
    [InlineData(1, 1)]
    [InlineData(25, 25)]
    [InlineData(100, 100)]
    [InlineData(int.MaxValue, 100)]
    public async Task ListBooks_page_size_has_default_and_limit(int pageSize, int expected) =>
        Assert.Equal(expected, (await List(DatabaseDialect.Sqlite, new ListBooksRequest { PageSize = pageSize })).Books.Count);

    [Fact]
    public async Task ListBooks_negative_page_size_or_unknown_order_is_invalid()
    {
        await StatusAssert.FailsForFieldsAsync(["page_size"], List(DatabaseDialect.Sqlite, new ListBooksRequest { PageSize = -1 }));
        await StatusAssert.FailsForFieldsAsync(["order"], List(DatabaseDialect.Sqlite, new ListBooksRequest { Order = (BookOrder)9 }));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("!!!")]
    [InlineData("    ")]
    [InlineData("gIGC")]
    public async Task ListBooks_token_of_nobody_is_invalid(string token) =>
        await StatusAssert.FailsForFieldsAsync(["page_token"], List(DatabaseDialect.Sqlite, new ListBooksRequest { PageToken = token }));

    [Theory]
    [InlineData("list 0 3")]
    [InlineData("list 0 3\n1")]
    [InlineData("list 0 3\n1\nx")]
    [InlineData("list 0 3\n99999999999999999999\n5")]
    [InlineData("list 0 3\n1\n5\0")]
    public async Task ListBooks_token_of_another_form_is_invalid(string content)
    {
        var token = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(content));

        await StatusAssert.FailsForFieldsAsync(
            ["page_token"], List(DatabaseDialect.Sqlite, new ListBooksRequest { Order = BookOrder.Price, PageToken = token }));
    }

    [Fact]
    public async Task ListBooks_token_of_another_list_is_invalid()
    {
        var token = (
            await List(DatabaseDialect.Sqlite, new ListBooksRequest { Category = BookCategory.Mystery, PageSize = 1 })).NextPageToken;

        await StatusAssert.FailsForFieldsAsync(
            ["page_token"], List(DatabaseDialect.Sqlite, new ListBooksRequest { Category = BookCategory.Fantasy, PageToken = token }));
        await StatusAssert.FailsForFieldsAsync(
            ["page_token"], List(
                DatabaseDialect.Sqlite,
                new ListBooksRequest { Category = BookCategory.Mystery, Order = BookOrder.Price, PageToken = token }));
    }

    [Theory]
    [InlineData(13)]
    [InlineData(-1)]
    public async Task ListBooks_unknown_category_is_not_found(int category)
    {
        var call = List(DatabaseDialect.Sqlite, new ListBooksRequest { Category = (BookCategory)category });

        Assert.Equal("Category not found", (await StatusAssert.FailsAsync(StatusCode.NotFound, call)).Status.Detail);
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task SearchBooks_as_a_person_types_finds_the_book(DatabaseDialect engine)
    {
        foreach (var typed in new[] { "maltese", "maltese fal", "the maltese falcon", "hammett falcon", "maltesse falcon", "9780752865331", "MALTESE" })
        {
            var response = await running.Client(engine).SearchBooksAsync(
                new SearchBooksRequest { Query = typed }, cancellationToken: Token);

            Assert.True(response.Books.Count > 0 && response.Books[0].BookId == 1, typed);
        }

        Assert.Empty((await running.Client(engine).SearchBooksAsync(new SearchBooksRequest(), cancellationToken: Token)).Books);
        await StatusAssert.FailsForFieldsAsync(
            ["page_size"], running.Client(engine).SearchBooksAsync(
                new SearchBooksRequest { Query = "x", PageSize = -1 }, cancellationToken: Token));
    }

    private AsyncUnaryCall<ListBooksResponse> List(DatabaseDialect engine, ListBooksRequest request) =>
        running.Client(engine).ListBooksAsync(request, cancellationToken: Token);
}
