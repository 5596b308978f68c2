using BooksForYou.Contracts.Inventory.V1;
using BooksForYou.ServiceKit.Errors;
using Grpc.Core;
using Microsoft.Extensions.Options;

namespace BooksForYou.Cart;

/// <summary>Catalogue and stock, as Inventory keeps them. What it does not answer clearly is a <see cref="PeerException"/>.</summary>
internal sealed class Stock(InventoryService.InventoryServiceClient inventory, IOptions<CartOptions> options)
{
    private const string Peer = "Inventory";

    /// <summary>Gives a book; null when there is none of that number.</summary>
    public async Task<Book?> FindBookAsync(int bookId, CancellationToken cancellationToken)
    {
        try
        {
            var request = new GetBookRequest { BookId = bookId };
            var response = await inventory.GetBookAsync(request, Within(options.Value.CatalogueTimeout, cancellationToken));
            return response.Book;
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.NotFound)
        {
            return null;
        }
        catch (RpcException exception)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new PeerException(Peer, exception);
        }
    }

    /// <summary>Gives many books in one round trip; those that do not exist are left out.</summary>
    public async Task<IReadOnlyDictionary<int, Book>> GetBooksAsync(IEnumerable<int> bookIds, CancellationToken cancellationToken)
    {
        var request = new BatchGetBooksRequest { BookIds = { bookIds } };
        if (request.BookIds.Count == 0)
        {
            return new Dictionary<int, Book>();
        }

        try
        {
            var response = await inventory.BatchGetBooksAsync(request, Within(options.Value.CatalogueTimeout, cancellationToken));
            return response.Books.ToDictionary(book => book.BookId);
        }
        catch (RpcException exception)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new PeerException(Peer, exception);
        }
    }

    /// <summary>Holds copies back, or begins their time anew when they are held already.</summary>
    public async Task<ReserveResult> ReserveAsync(string reservationId, IEnumerable<StockLine> lines, CancellationToken cancellationToken)
    {
        var request = new ReserveStockRequest
        {
            ReservationId = reservationId,
            Lines = { lines },
            TtlSeconds = (int)options.Value.ReservationTime.TotalSeconds,
        };
        try
        {
            await inventory.ReserveStockAsync(request, Within(options.Value.StockTimeout, cancellationToken));
            return ReserveResult.Held;
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.FailedPrecondition)
        {
            return exception.GetDetail<StockShortages>() is { Shortages.Count: > 0 } shortages
                ? ReserveResult.Short([.. shortages.Shortages])
                : ReserveResult.Over;
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.NotFound)
        {
            // A book has left the catalogue since it was priced; which one, the next look at the basket shows.
            return ReserveResult.Short([]);
        }
        catch (RpcException exception)
        {
            throw new PeerException(Peer, exception);
        }
    }

    /// <summary>Takes reserved copies out of the stock for good.</summary>
    public async Task<CommitResult> CommitAsync(string reservationId, CancellationToken cancellationToken)
    {
        try
        {
            await inventory.CommitReservationAsync(
                new CommitReservationRequest { ReservationId = reservationId }, Within(options.Value.StockTimeout, cancellationToken));
            return CommitResult.Committed;
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.FailedPrecondition)
        {
            return CommitResult.Over;
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.NotFound)
        {
            return CommitResult.Unknown;
        }
        catch (RpcException exception)
        {
            throw new PeerException(Peer, exception);
        }
    }

    /// <summary>Gives reserved copies back, and keeps a ReserveStock that is still on its way from taking effect.</summary>
    public async Task ReleaseAsync(string reservationId, CancellationToken cancellationToken)
    {
        try
        {
            await inventory.ReleaseReservationAsync(
                new ReleaseReservationRequest { ReservationId = reservationId }, Within(options.Value.StockTimeout, cancellationToken));
        }
        catch (RpcException exception)
        {
            throw new PeerException(Peer, exception);
        }
    }

    /// <summary>Puts the sold copies of a reservation back.</summary>
    /// <returns>Whether they had been sold.</returns>
    public async Task<bool> ReturnAsync(string reservationId, CancellationToken cancellationToken)
    {
        try
        {
            await inventory.ReturnReservationAsync(
                new ReturnReservationRequest { ReservationId = reservationId }, Within(options.Value.StockTimeout, cancellationToken));
            return true;
        }
        catch (RpcException exception) when (exception.StatusCode is StatusCode.FailedPrecondition or StatusCode.NotFound)
        {
            return false;
        }
        catch (RpcException exception)
        {
            throw new PeerException(Peer, exception);
        }
    }

    private static CallOptions Within(TimeSpan timeout, CancellationToken cancellationToken) =>
        new(deadline: DateTime.UtcNow + timeout, cancellationToken: cancellationToken);
}
