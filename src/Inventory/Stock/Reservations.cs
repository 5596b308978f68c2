using BooksForYou.Contracts.Inventory.V1;
using BooksForYou.ServiceKit.Errors;

namespace BooksForYou.Inventory.Stock;

/// <summary>Copies held back for sales: what may happen to a reservation, and what callers are told.</summary>
internal sealed class Reservations(ReservationStore store, TimeProvider time)
{
    /// <summary>What the error details name as the domain of their reasons.</summary>
    public const string Domain = "inventory.booksforyou";

    private const int ExpireAtOnce = 100;

    /// <summary>
    /// Holds copies back: all lines or none. The same id with the same lines is the same reservation, and its time begins anew.
    /// </summary>
    /// <returns>When the copies go back by themselves.</returns>
    /// <exception cref="FailedPreconditionException">Copies are short, or the reservation has ended.</exception>
    /// <exception cref="NotFoundException">There is no such book.</exception>
    /// <exception cref="AlreadyExistsException">The id has other lines.</exception>
    public async Task<DateTimeOffset> ReserveAsync(
        string id, IReadOnlyList<ReservationLine> lines, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        lines = [.. lines.OrderBy(line => line.BookId)];
        var expireTime = time.GetUtcNow() + lifetime;
        if (await store.TryReserveAsync(id, lines, expireTime, cancellationToken) is null
            || await TryRenewAsync(id, lines, expireTime, cancellationToken))
        {
            return expireTime;
        }

        // Copies whose time is over may not have been put back yet.
        await ExpireAsync(cancellationToken);
        if (await store.TryReserveAsync(id, lines, expireTime, cancellationToken) is not { } found
            || await TryRenewAsync(id, lines, expireTime, cancellationToken))
        {
            return expireTime;
        }

        throw Short(found);
    }

    /// <summary>Says that the copies are sold. Committed already, nothing changes.</summary>
    /// <exception cref="NotFoundException">There is no such reservation.</exception>
    /// <exception cref="FailedPreconditionException">It was released or has expired.</exception>
    public async Task CommitAsync(string id, CancellationToken cancellationToken)
    {
        var state = await MoveAsync(id, ReservationMove.Commit, cancellationToken) ?? throw new NotFoundException("There is no such reservation");
        if (state is not (ReservationState.Committed or ReservationState.Returned))
        {
            throw Ended(state);
        }
    }

    /// <summary>
    /// Gives the copies back. Released or expired already, nothing changes; an unknown id can never be reserved from then on.
    /// </summary>
    /// <exception cref="FailedPreconditionException">It was committed.</exception>
    public async Task ReleaseAsync(string id, CancellationToken cancellationToken)
    {
        // Once more after somebody else was quicker: an id goes from unknown to held and from there to the end, and never back.
        for (var attempt = 0; attempt < 3; attempt++)
        {
            var now = time.GetUtcNow();
            if (await store.TryMoveAsync(id, ReservationMove.Release, now, cancellationToken)
                || await store.TryReleaseUnknownAsync(id, now, cancellationToken))
            {
                return;
            }

            switch ((await store.FindAsync(id, cancellationToken))?.State)
            {
                case ReservationState.Released or ReservationState.Expired:
                    return;
                case ReservationState.Committed or ReservationState.Returned:
                    throw Ended(ReservationState.Committed);
            }
        }
    }

    /// <summary>Puts sold copies back. Returned already, nothing changes.</summary>
    /// <exception cref="FailedPreconditionException">The reservation was not committed.</exception>
    public async Task ReturnAsync(string id, CancellationToken cancellationToken)
    {
        if (await MoveAsync(id, ReservationMove.Return, cancellationToken) == ReservationState.Returned)
        {
            return;
        }

        throw new FailedPreconditionException("The reservation was not committed")
        {
            Details = [ErrorDetails.Reason("RESERVATION_NOT_COMMITTED", Domain)],
        };
    }

    /// <summary>Puts the copies of reservations back whose time is over.</summary>
    /// <returns>How many reservations have expired.</returns>
    public async Task<int> ExpireAsync(CancellationToken cancellationToken)
    {
        var expired = 0;
        for (var last = ExpireAtOnce; last == ExpireAtOnce; expired += last)
        {
            last = await store.ExpireAsync(time.GetUtcNow(), ExpireAtOnce, cancellationToken);
        }

        return expired;
    }

    // The state after the move; another one when it cannot be made, and null when there is no such reservation. Once more when the
    // reservation has come into the state that the move starts from since it was looked for there.
    private async Task<ReservationState?> MoveAsync(string id, ReservationMove move, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await store.TryMoveAsync(id, move, time.GetUtcNow(), cancellationToken))
            {
                return move.To;
            }

            var state = (await store.FindAsync(id, cancellationToken))?.State;
            if (state != move.From)
            {
                return state;
            }
        }
    }

    // Whether there is such a reservation, now with a new time.
    private async Task<bool> TryRenewAsync(
        string id, IReadOnlyList<ReservationLine> lines, DateTimeOffset expireTime, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(id, cancellationToken) is not { } existing)
        {
            return false;
        }

        if (existing.Lines.Count > 0 && !existing.Lines.SequenceEqual(lines))
        {
            throw new AlreadyExistsException("The reservation has other lines");
        }

        if (existing.State != ReservationState.Held)
        {
            throw Ended(existing.State);
        }

        return await store.TryExtendAsync(id, expireTime, cancellationToken) ? true : throw Ended(ReservationState.Expired);
    }

    private static Exception Short(IReadOnlyList<LineStock> lines)
    {
        if (lines.FirstOrDefault(line => line.Available is null) is { } unknown)
        {
            return new NotFoundException($"There is no book {unknown.BookId}");
        }

        var shortages = new StockShortages();
        foreach (var line in lines.Where(line => line.Available < line.Quantity))
        {
            shortages.Shortages.Add(
                new StockShortage { BookId = line.BookId, Requested = line.Quantity, Available = line.Available!.Value });
        }

        var books = string.Join(", ", shortages.Shortages.Select(shortage => $"{shortage.Available} left of book {shortage.BookId}"));
        return new FailedPreconditionException(
            $"Too few copies: {books}")
        { Details = [shortages, ErrorDetails.Reason("STOCK_SHORT", Domain)] };
    }

    private static FailedPreconditionException Ended(ReservationState state)
    {
        var name = state.ToString().ToUpperInvariant();
        return new FailedPreconditionException($"The reservation has ended: it is {state.ToString().ToLowerInvariant()}")
        {
            Details = [ErrorDetails.Reason($"RESERVATION_{name}", Domain)],
        };
    }
}
