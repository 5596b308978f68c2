using BooksForYou.Contracts.Inventory.V1;
using BooksForYou.ServiceKit.Errors;
using Grpc.Core;

namespace BooksForYou.Recommendations.Catalogue;

/// <summary>Serves <c>booksforyou.inventory.v1.InventoryService</c>.</summary>
internal sealed class InventoryV1(BookCatalogue catalogue) : InventoryService.InventoryServiceBase
{
    private const int DefaultPageSize = 24;
    private const int LargestPageSize = 100;

    public override Task<GetBookResponse> GetBook(GetBookRequest request, ServerCallContext context) =>
        Task.FromResult(new GetBookResponse { Book = Message(catalogue.Get(request.BookId)) });

    public override Task<ListBooksResponse> ListBooks(ListBooksRequest request, ServerCallContext context)
    {
        var size = PageSize(request.PageSize);
        var shelf = catalogue.Shelf(request.Category);
        var start = request.PageToken.Length == 0 ? 0 : FirstAfter(shelf, Token(request));
        var end = Math.Min(start + size, shelf.Length);

        var response = new ListBooksResponse();
        foreach (var book in shelf.AsSpan(start..end))
        {
            response.Books.Add(Message(book));
        }

        if (end < shelf.Length)
        {
            var last = shelf[end - 1];
            response.NextPageToken = new PageToken(request.Category, last.Id, last.Title).ToString();
        }

        return Task.FromResult(response);
    }

    private static int PageSize(int requested) => requested switch
    {
        < 0 => throw new InvalidArgumentException(new FieldViolation("page_size", "must not be negative")),
        0 => DefaultPageSize,
        _ => Math.Min(requested, LargestPageSize),
    };

    private static PageToken Token(ListBooksRequest request) =>
        PageToken.TryParse(request.PageToken, out var token) && token.Category == request.Category
            ? token
            : throw new InvalidArgumentException(
                new FieldViolation("page_token", "must be the next_page_token of a page of the same category"));

    private static int FirstAfter(Book[] shelf, PageToken token)
    {
        var (low, high) = (0, shelf.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = TitleOrder.Compare(shelf[middle], token.Title, token.Id) > 0 ? (low, middle) : (middle + 1, high);
        }

        return low;
    }

    private static Contracts.Inventory.V1.Book Message(Book book)
    {
        var message = new Contracts.Inventory.V1.Book
        {
            BookId = book.Id,
            Title = book.Title,
            Author = book.Author,
            Isbn = book.Isbn ?? "",
            Category = book.Category,
            Description = book.Description,
        };
        if (book.Year is { } year)
        {
            message.Year = year;
        }

        return message;
    }
}
