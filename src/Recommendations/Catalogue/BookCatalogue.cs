using BooksForYou.Contracts.Inventory.V1;
using BooksForYou.ServiceKit.Errors;

namespace BooksForYou.Recommendations.Catalogue;

/// <summary>The catalogue in memory. It goes on answering while its database is away.</summary>
internal sealed class BookCatalogue(CatalogueStore store)
{
    private volatile CatalogueSnapshot? _snapshot;

    /// <summary>Whether the catalogue has been read.</summary>
    public bool IsLoaded => _snapshot is not null;

    /// <summary>The catalogue as last read.</summary>
    /// <exception cref="UnavailableException">It has not been read yet.</exception>
    public CatalogueSnapshot Current => _snapshot ?? throw new UnavailableException("The catalogue is not loaded yet");

    /// <summary>The books of a category, or of all for <see cref="BookCategory.Unspecified"/>.</summary>
    /// <exception cref="NotFoundException">There is no such category.</exception>
    public Book[] Shelf(BookCategory category) => Current.Shelf(category) ?? throw new NotFoundException("Category not found");

    /// <summary>The book of a number.</summary>
    /// <exception cref="NotFoundException">There is no such book.</exception>
    public Book Get(int id) => Current.Find(id) ?? throw new NotFoundException("Book not found");

    /// <summary>Fills a new store with the books it opens with, and reads the catalogue.</summary>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        await store.SeedAsync(CatalogueSeed.Name, CatalogueSeed.Read(), cancellationToken);
        await LoadAsync(cancellationToken);
    }

    /// <summary>Reads the catalogue anew.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken) =>
        _snapshot = new CatalogueSnapshot(await store.ReadAllAsync(cancellationToken));
}
