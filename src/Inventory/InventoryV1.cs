using BooksForYou.Contracts.Inventory.V1;
using BooksForYou.Inventory.Catalogue;
using BooksForYou.Inventory.Search;
using BooksForYou.Inventory.Stock;
using BooksForYou.ServiceKit.Errors;
using BooksForYou.ServiceKit.Shutdown;
using Grpc.Core;

namespace BooksForYou.Inventory;

/// <summary>Serves <c>booksforyou.inventory.v1.InventoryService</c>: here what anybody may ask about books.</summary>
internal sealed partial class InventoryV1(
    BookStore books,
    BookSearch search,
    BookFeed feed,
    CatalogueAdministration administration,
    Reservations reservations,
    StockLedger ledger,
    StockStore stock,
    ShopCurrency currency,
    ShutdownState shutdown) : InventoryService.InventoryServiceBase
{
    private const int DefaultPageSize = 24;
    private const int LargestPageSize = 100;
    private const int MostBooks = 200;

    public override async Task<GetBookResponse> GetBook(GetBookRequest request, ServerCallContext context)
    {
        var book = await books.FindAsync(request.BookId, context.CancellationToken) ?? throw new NotFoundException("Book not found");
        return new GetBookResponse { Book = book.ToMessage() };
    }

    public override async Task<BatchGetBooksResponse> BatchGetBooks(BatchGetBooksRequest request, ServerCallContext context)
    {
        if (request.BookIds.Count > MostBooks)
        {
            throw new InvalidArgumentException(new FieldViolation("book_ids", $"must be at most {MostBooks}"));
        }

        var found = await books.FindManyAsync(request.BookIds, context.CancellationToken);
        return new BatchGetBooksResponse { Books = { found.Select(book => book.ToMessage()) } };
    }

    public override async Task<ListBooksResponse> ListBooks(ListBooksRequest request, ServerCallContext context)
    {
        var size = PageSize(request.PageSize, DefaultPageSize, LargestPageSize);
        if (!Enum.IsDefined(request.Category))
        {
            throw new NotFoundException("Category not found");
        }

        if (!Enum.IsDefined(request.Order))
        {
            throw new InvalidArgumentException(new FieldViolation("order", "must be one of the orders"));
        }

        var list = new BookList(request.Category, request.Order);
        var page = await books.ListAsync(list, size, Token(request.PageToken, list.Scope), context.CancellationToken);
        return new ListBooksResponse { Books = { page.Books.Select(book => book.ToMessage()) }, NextPageToken = page.NextPageToken };
    }

    public override async Task<SearchBooksResponse> SearchBooks(SearchBooksRequest request, ServerCallContext context)
    {
        var size = PageSize(request.PageSize, DefaultPageSize, LargestPageSize);
        var page = await search.SearchAsync(request.Query, size, request.PageToken, context.CancellationToken);
        return new SearchBooksResponse { Books = { page.Books.Select(book => book.ToMessage()) }, NextPageToken = page.NextPageToken };
    }

    public override async Task FollowBooks(
        FollowBooksRequest request, IServerStreamWriter<FollowBooksResponse> responseStream, ServerCallContext context)
    {
        // A follower goes on elsewhere at once: there is nothing for it to finish here.
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, shutdown.Stopping);
        var cursor = request.Cursor;
        var isCaughtUp = false;
        while (true)
        {
            var changed = feed.Changed;
            var page = await feed.ReadAsync(cursor, ending.Token);
            foreach (var (book, place) in page.Changes)
            {
                await responseStream.WriteAsync(new FollowBooksResponse { Book = book.ToMessage(), Cursor = place, Traceparent = book.Trace }, ending.Token);
            }

            cursor = page.Cursor;
            isCaughtUp &= page.Changes.Count == 0;
            if (!page.IsLast)
            {
                continue;
            }

            if (!isCaughtUp)
            {
                await responseStream.WriteAsync(new FollowBooksResponse { Cursor = cursor, CaughtUp = true }, ending.Token);
                isCaughtUp = true;
            }

            await feed.WaitAsync(changed, ending.Token);
        }
    }

    private static int PageSize(int requested, int fallback, int largest) => requested switch
    {
        < 0 => throw new InvalidArgumentException(new FieldViolation("page_size", "must not be negative")),
        0 => fallback,
        _ => Math.Min(requested, largest),
    };

    private static PageToken? Token(string text, string scope) => text.Length == 0
        ? null
        : PageToken.TryParse(text, scope)
            ?? throw new InvalidArgumentException(
                new FieldViolation("page_token", "must be the next_page_token of a page of the same list"));
}
