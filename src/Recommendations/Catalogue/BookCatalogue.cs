using BooksForYou.Contracts.Inventory.V1;
using BooksForYou.ServiceKit.Errors;

namespace BooksForYou.Recommendations.Catalogue;

/// <summary>The catalogue in memory. It goes on answering while its database or Inventory is away.</summary>
internal sealed class BookCatalogue(CatalogueStore store)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly TaskCompletionSource _firstLoad = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile CatalogueSnapshot? _snapshot;

    /// <summary>Whether there is a catalogue to answer from.</summary>
    public bool IsLoaded => _snapshot is not null;

    /// <summary>The catalogue as last read.</summary>
    /// <exception cref="UnavailableException">It has not been read yet.</exception>
    public CatalogueSnapshot Current => _snapshot ?? throw new UnavailableException("The catalogue is not loaded yet");

    /// <summary>The books of a category, or of all for <see cref="BookCategory.Unspecified"/>.</summary>
    /// <exception cref="NotFoundException">There is no such category.</exception>
    public Book[] Shelf(BookCategory category) => Current.Shelf(category) ?? throw new NotFoundException("Category not found");

    /// <summary>Waits a moment for the first catalogue: after the very first start it is on its way.</summary>
    /// <exception cref="UnavailableException">It did not come in time.</exception>
    public async Task WaitUntilLoadedAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _firstLoad.Task.WaitAsync(Patience, cancellationToken);
        }
        catch (TimeoutException exception)
        {
            throw new UnavailableException("The catalogue is not loaded yet", exception);
        }
    }

    /// <summary>Reads the copy of the catalogue anew, if it has ever been complete.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        if ((await store.ReadStateAsync(cancellationToken)).IsUsable)
        {
            _snapshot = new CatalogueSnapshot(await store.ReadAllAsync(cancellationToken));
            _firstLoad.TrySetResult();
        }
    }
}
