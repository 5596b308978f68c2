using BooksForYou.Contracts.Wishlist.V1;
using BooksForYou.ServiceKit.Errors;
using BooksForYou.ServiceKit.Security;
using Grpc.Core;

namespace BooksForYou.Wishlist;

/// <summary>The gRPC face of the service: <c>booksforyou.wishlist.v1</c>. Whose list it is, the caller's token says.</summary>
internal sealed class WishlistV1(EntryStore entries) : WishlistService.WishlistServiceBase
{
    public override async Task<AddBookResponse> AddBook(AddBookRequest request, ServerCallContext context)
    {
        CheckBook(request.BookId);
        await entries.AddAsync(Caller.Of(context).Subject, request.BookId, context.CancellationToken);
        return new AddBookResponse();
    }

    public override async Task<RemoveBookResponse> RemoveBook(RemoveBookRequest request, ServerCallContext context)
    {
        CheckBook(request.BookId);
        await entries.RemoveAsync(Caller.Of(context).Subject, request.BookId, context.CancellationToken);
        return new RemoveBookResponse();
    }

    public override async Task<ListBooksResponse> ListBooks(ListBooksRequest request, ServerCallContext context) => new()
    {
        BookIds = { await entries.ListAsync(Caller.Of(context).Subject, context.CancellationToken) },
    };

    // Which books there are, the catalogue knows.
    private static void CheckBook(int bookId)
    {
        if (bookId <= 0)
        {
            throw new InvalidArgumentException(new FieldViolation("book_id", "must be the number of a book"));
        }
    }
}
