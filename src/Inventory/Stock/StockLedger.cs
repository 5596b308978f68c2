using BooksForYou.ServiceKit.Errors;

namespace BooksForYou.Inventory.Stock;

/// <summary>Deliveries, losses and counts: whatever changes how many copies there are, except sales.</summary>
internal sealed class StockLedger(StockStore store, TimeProvider time)
{
    /// <summary>Changes how many copies there are. The same id gives the same answer.</summary>
    /// <returns>How many copies can be bought then.</returns>
    /// <exception cref="NotFoundException">There is no such book.</exception>
    /// <exception cref="AlreadyExistsException">The id was used for something else.</exception>
    /// <exception cref="FailedPreconditionException">Fewer copies are available than are to go, or more would be there than can be
    /// counted.</exception>
    public async Task<int> AdjustAsync(string id, int bookId, int delta, string reason, CancellationToken cancellationToken)
    {
        if (await store.TryAdjustAsync(id, bookId, delta, reason, time.GetUtcNow(), cancellationToken) is { } made)
        {
            return made;
        }

        if (await store.FindAdjustmentAsync(id, cancellationToken) is { } earlier)
        {
            return earlier.BookId == bookId && earlier.Delta == delta && earlier.Reason == reason
                ? earlier.Available
                : throw new AlreadyExistsException("The id was used for another adjustment");
        }

        var available = await store.FindAvailableAsync(
            bookId, cancellationToken) ?? throw new NotFoundException($"There is no book {bookId}");
        throw delta < 0
            ? new FailedPreconditionException($"Only {available} copies are available")
            : new FailedPreconditionException($"There can be at most {StockStore.MostOnHand} copies of a book");
    }
}
