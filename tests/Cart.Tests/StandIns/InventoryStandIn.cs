using System.Runtime.CompilerServices;
using BooksForYou.Contracts.Inventory.V1;
using BooksForYou.ServiceKit.Errors;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace BooksForYou.Cart.Tests.StandIns;

/// <summary>Inventory as its contract says it is, in memory, and with failures that a test orders.</summary>
internal sealed class InventoryStandIn : InventoryService.InventoryServiceBase
{
    private readonly Lock _lock = new();
    private readonly Dictionary<int, Book> _books = [];
    private readonly Dictionary<string, Reservation> _reservations = [];

    private enum ReservationState
    {
        Held,
        Committed,
        Returned,
        Over,
    }

    public Interference Interference { get; } = new();

    /// <summary>How many reservations hold copies.</summary>
    public int Live
    {
        get
        {
            lock (_lock)
            {
                return _reservations.Values.Count(reservation => reservation.State == ReservationState.Held);
            }
        }
    }

    public void Put(
        int bookId, long cents, int available, string currency = "EUR", bool outOfPrint = false, BookCategory category = default)
    {
        lock (_lock)
        {
            _books[bookId] = new Book
            {
                BookId = bookId,
                Title = $"Book {bookId}",
                Author = $"Author {bookId}",
                Price = new Money { Cents = cents, Currency = currency },
                Available = available,
                OutOfPrint = outOfPrint,
                Category = category,
            };
        }
    }

    public void Remove(int bookId)
    {
        lock (_lock)
        {
            _books.Remove(bookId);
        }
    }

    public int Available(int bookId)
    {
        lock (_lock)
        {
            return _books[bookId].Available;
        }
    }

    /// <summary>Lets the time of all reservations run out.</summary>
    public void ExpireAll()
    {
        lock (_lock)
        {
            foreach (var reservation in _reservations.Values.Where(reservation => reservation.State == ReservationState.Held))
            {
                GiveBack(reservation, ReservationState.Over);
            }
        }
    }

    public override Task<GetBookResponse> GetBook(GetBookRequest request, ServerCallContext _) => Do(() =>
        new GetBookResponse { Book = _books.GetValueOrDefault(request.BookId)?.Clone() ?? throw new NotFoundException() });

    public override Task<BatchGetBooksResponse> BatchGetBooks(BatchGetBooksRequest request, ServerCallContext _) => Do(() =>
        new BatchGetBooksResponse { Books = { request.BookIds.Distinct().Where(_books.ContainsKey).Select(id => _books[id].Clone()) } });

    public override Task<ReserveStockResponse> ReserveStock(ReserveStockRequest request, ServerCallContext _) => Do(() =>
    {
        var answer = new ReserveStockResponse { ExpireTime = Timestamp.FromDateTime(DateTime.UtcNow.AddSeconds(request.TtlSeconds)) };
        if (_reservations.TryGetValue(request.ReservationId, out var known))
        {
            return known.State == ReservationState.Held ? answer : throw new FailedPreconditionException("The reservation has ended.");
        }

        var shortages = new StockShortages();
        foreach (var line in request.Lines)
        {
            var book = _books.GetValueOrDefault(line.BookId) ?? throw new NotFoundException();
            if (book.Available < line.Quantity)
            {
                shortages.Shortages.Add(new StockShortage { BookId = line.BookId, Requested = line.Quantity, Available = book.Available });
            }
        }

        if (shortages.Shortages.Count > 0)
        {
            throw new FailedPreconditionException("Copies are short.") { Details = [shortages] };
        }

        foreach (var line in request.Lines)
        {
            _books[line.BookId].Available -= line.Quantity;
        }

        _reservations[request.ReservationId] = new Reservation([.. request.Lines]) { State = ReservationState.Held };
        return answer;
    });

    public override Task<CommitReservationResponse> CommitReservation(CommitReservationRequest request, ServerCallContext _) => Do(() =>
    {
        var reservation = _reservations.GetValueOrDefault(request.ReservationId) ?? throw new NotFoundException();
        if (reservation.State is ReservationState.Over or ReservationState.Returned)
        {
            throw new FailedPreconditionException("The reservation has ended.");
        }

        reservation.State = ReservationState.Committed;
        return new CommitReservationResponse();
    });

    public override Task<ReleaseReservationResponse> ReleaseReservation(ReleaseReservationRequest request, ServerCallContext _) => Do(() =>
    {
        if (!_reservations.TryGetValue(request.ReservationId, out var reservation))
        {
            _reservations[request.ReservationId] = new Reservation([]) { State = ReservationState.Over };
        }
        else if (reservation.State == ReservationState.Held)
        {
            GiveBack(reservation, ReservationState.Over);
        }
        else if (reservation.State != ReservationState.Over)
        {
            throw new FailedPreconditionException("The reservation was committed.");
        }

        return new ReleaseReservationResponse();
    });

    public override Task<ReturnReservationResponse> ReturnReservation(ReturnReservationRequest request, ServerCallContext _) => Do(() =>
    {
        var reservation = _reservations.GetValueOrDefault(request.ReservationId) ?? throw new NotFoundException();
        if (reservation.State == ReservationState.Committed)
        {
            GiveBack(reservation, ReservationState.Returned);
        }

        return reservation.State == ReservationState.Returned
            ? new ReturnReservationResponse()
            : throw new FailedPreconditionException("It was not committed.");
    });

    private Task<T> Do<T>(Func<T> effect, [CallerMemberName] string method = "") => Interference.RunAsync(method, () =>
    {
        lock (_lock)
        {
            return effect();
        }
    });

    private void GiveBack(Reservation reservation, ReservationState state)
    {
        reservation.State = state;
        foreach (var line in reservation.Lines)
        {
            _books[line.BookId].Available += line.Quantity;
        }
    }

    private sealed class Reservation(IReadOnlyList<StockLine> lines)
    {
        public IReadOnlyList<StockLine> Lines { get; } = lines;

        public required ReservationState State { get; set; }
    }
}
