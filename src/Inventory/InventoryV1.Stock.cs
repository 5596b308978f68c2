using System.Globalization;
using BooksForYou.Contracts.Inventory.V1;
using BooksForYou.Inventory.Catalogue;
using BooksForYou.Inventory.Stock;
using BooksForYou.ServiceKit.Errors;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace BooksForYou.Inventory;

/// <summary>Here what sales and booksellers do to the stock and the catalogue.</summary>
internal sealed partial class InventoryV1
{
    private const int DefaultEntries = 50;
    private const int MostEntries = 500;

    public override async Task<ReserveStockResponse> ReserveStock(ReserveStockRequest request, ServerCallContext context)
    {
        var (lines, lifetime) = StockRequest.Read(request);
        var expireTime = await reservations.ReserveAsync(request.ReservationId, lines, lifetime, context.CancellationToken);
        return new ReserveStockResponse { ExpireTime = Timestamp.FromDateTimeOffset(expireTime) };
    }

    public override async Task<CommitReservationResponse> CommitReservation(CommitReservationRequest request, ServerCallContext context)
    {
        await reservations.CommitAsync(StockRequest.ReadId(request.ReservationId), context.CancellationToken);
        return new CommitReservationResponse();
    }

    public override async Task<ReleaseReservationResponse> ReleaseReservation(ReleaseReservationRequest request, ServerCallContext context)
    {
        await reservations.ReleaseAsync(StockRequest.ReadId(request.ReservationId), context.CancellationToken);
        return new ReleaseReservationResponse();
    }

    public override async Task<ReturnReservationResponse> ReturnReservation(ReturnReservationRequest request, ServerCallContext context)
    {
        await reservations.ReturnAsync(StockRequest.ReadId(request.ReservationId), context.CancellationToken);
        return new ReturnReservationResponse();
    }

    public override async Task<AddBookResponse> AddBook(AddBookRequest request, ServerCallContext context)
    {
        var draft = BookRequest.Read(request, currency.Code);
        var bookId = await administration.AddAsync(request, draft, context.CancellationToken);

        // The first answer, also when the book has been changed since.
        return new AddBookResponse { Book = draft.ToMessage(bookId, request.InitialQuantity) };
    }

    public override async Task<UpdateBookResponse> UpdateBook(UpdateBookRequest request, ServerCallContext context)
    {
        var draft = BookRequest.Read(request, currency.Code);
        var book = await administration.UpdateAsync(request.Book.BookId, draft, context.CancellationToken);
        return new UpdateBookResponse { Book = book.ToMessage() };
    }

    public override async Task<AdjustStockResponse> AdjustStock(AdjustStockRequest request, ServerCallContext context)
    {
        StockRequest.Check(request);
        var available = await ledger.AdjustAsync(
            request.AdjustmentId, request.BookId, request.Delta, request.Reason, context.CancellationToken);
        return new AdjustStockResponse { Available = available };
    }

    public override async Task<ListStockEntriesResponse> ListStockEntries(ListStockEntriesRequest request, ServerCallContext context)
    {
        var size = PageSize(request.PageSize, DefaultEntries, MostEntries);
        var scope = string.Create(CultureInfo.InvariantCulture, $"entries {request.BookId}");
        var before = Token(request.PageToken, scope)?.Id ?? long.MaxValue;
        if (await stock.FindAvailableAsync(request.BookId, context.CancellationToken) is null)
        {
            throw new NotFoundException("Book not found");
        }

        var entries = await stock.ListEntriesAsync(request.BookId, before, size + 1, context.CancellationToken);
        var totals = await stock.SumAsync(request.BookId, context.CancellationToken);
        return new ListStockEntriesResponse
        {
            Entries = { entries.Take(size).Select(Message) },
            NextPageToken = entries.Count > size ? new PageToken(scope, entries[size - 1].EntryId, "").ToString() : "",
            LedgerTotal = totals.Total,
            Reserved = totals.Held,
            Available = totals.Total - totals.Held,
        };
    }

    private static StockEntry Message(EntryRow entry) => new()
    {
        EntryId = entry.EntryId,
        CreateTime = Timestamp.FromDateTimeOffset(entry.CreateTime),
        Delta = entry.Delta,
        Reason = entry.Reason,
        Reference = entry.Reference,
    };
}
