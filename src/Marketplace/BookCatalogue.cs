using BooksForYou.Contracts.Inventory.V1;
using BooksForYou.Marketplace.Pages;
using BooksForYou.Marketplace.Peers;
using Microsoft.Extensions.Options;

namespace BooksForYou.Marketplace;

/// <summary>What the catalogue says about books, with what it said before for the time when it is away.</summary>
internal sealed class BookCatalogue : IDisposable
{
    private const int BooksKept = 10_000;
    private const int PagesKept = 1_000;
    private const int PageSize = 24;
    private const int SuggestionCount = 8;
    private const int LongestQuery = 200;

    private readonly InventoryService.InventoryServiceClient _inventory;
    private readonly Peer _peer;
    private readonly TimeSpan _deadline;
    private readonly LastKnown<int, Book> _books;
    private readonly LastKnown<(BookCategory Category, BookOrder Order, string PageToken), ListBooksResponse> _pages;
    private readonly LastKnown<(string Query, int Size, string PageToken), SearchBooksResponse> _searches;

    public BookCatalogue(
        InventoryService.InventoryServiceClient inventory,
        [FromKeyedServices(PeerNames.Catalogue)] Peer peer,
        IOptions<MarketplaceOptions> options,
        TimeProvider clock)
    {
        _inventory = inventory;
        _peer = peer;
        _deadline = options.Value.CatalogueDeadline;
        _books = new(BooksKept, options.Value.FreshFor, clock);
        _pages = new(PagesKept, options.Value.FreshFor, clock);
        _searches = new(PagesKept, options.Value.FreshFor, clock);
    }

    /// <summary>Whether the beginning of every shelf is known, should the catalogue go away.</summary>
    public bool RemembersShelves => !ShelvesToRemember.Any();

    /// <summary>Whether the catalogue is known to be away.</summary>
    public bool IsAway => _peer.IsAway;

    private IEnumerable<(BookCategory Category, BookOrder Order, string PageToken)> ShelvesToRemember => Categories.All
        .Select(category => (category.Value, BookSort.All[0].Value, ""))
        .Where(shelf => _pages.Find(shelf) is null);

    /// <summary>A book; refused when there is none of that number.</summary>
    public ValueTask<Answer<Book>> GetBookAsync(int id, CancellationToken cancellation) =>
        _books.GetAsync(id, async key =>
        {
            var answer = await _peer.AskAsync(options => _inventory.GetBookAsync(new GetBookRequest { BookId = key }, options), _deadline, cancellation);
            return answer.Select(response => response.Book);
        });

    /// <summary>Many books at once; without those that there are not, and while the catalogue is away without those that nothing is known of.</summary>
    public async Task<IReadOnlyList<Book>> GetBooksAsync(IReadOnlyCollection<int> ids, CancellationToken cancellation)
    {
        var unknown = ids.Where(id => _books.FindFresh(id) is null).ToList();
        if (unknown.Count > 0)
        {
            var request = new BatchGetBooksRequest { BookIds = { unknown } };
            Keep((await _peer.AskAsync(options => _inventory.BatchGetBooksAsync(request, options), _deadline, cancellation)).Value?.Books);
        }

        return FindBooks(ids);
    }

    /// <summary>Those of many books that are known already, without asking anybody.</summary>
    public IReadOnlyList<Book> FindBooks(IEnumerable<int> ids) => [.. ids.Select(_books.Find).OfType<Book>()];

    /// <summary>What is searched for of what was typed: no more than the catalogue looks at, and no characters that nobody can type.</summary>
    public static string CleanQuery(string? query)
    {
        var text = new string([.. (query ?? "").Select(character => char.IsControl(character) ? ' ' : character)]).Trim();
        return text.Length > LongestQuery ? text[..LongestQuery] : text;
    }

    /// <summary>A page of what is found for words; refused when the page token is none of the catalogue's.</summary>
    public ValueTask<Answer<SearchBooksResponse>> SearchAsync(string query, string pageToken, CancellationToken cancellation) =>
        FindAsync(query, PageSize, pageToken, cancellation);

    /// <summary>The few best matches for words.</summary>
    public ValueTask<Answer<SearchBooksResponse>> SuggestAsync(string query, CancellationToken cancellation) =>
        FindAsync(query, SuggestionCount, "", cancellation);

    /// <summary>A page of the books of a category; refused when the page token is none of the catalogue's.</summary>
    public ValueTask<Answer<ListBooksResponse>> ListAsync(BookCategory category, BookOrder order, string pageToken, CancellationToken cancellation) =>
        _pages.GetAsync((category, order, pageToken), async key =>
        {
            var request = new ListBooksRequest { Category = key.Category, Order = key.Order, PageSize = PageSize, PageToken = key.PageToken };
            var answer = await _peer.AskAsync(options => _inventory.ListBooksAsync(request, options), _deadline, cancellation);
            Keep(answer.Value?.Books);
            return answer;
        });

    /// <summary>Looks once along the beginning of every shelf, so that a catalogue that goes away leaves none of them empty.</summary>
    public async Task RememberShelvesAsync(CancellationToken cancellation)
    {
        foreach (var shelf in ShelvesToRemember)
        {
            var request = new ListBooksRequest { Category = shelf.Category, Order = shelf.Order, PageSize = PageSize };
            var answer = await _peer.ProbeAsync(options => _inventory.ListBooksAsync(request, options), _deadline, cancellation, isForgiven: true);
            if (answer.Value is not { } list)
            {
                return;
            }

            _pages.Keep(shelf, list);
            Keep(list.Books);
        }
    }

    /// <summary>Asks whether the catalogue is back.</summary>
    public Task ProbeAsync(CancellationToken cancellation) =>
        _peer.ProbeAsync(options => _inventory.ListBooksAsync(new ListBooksRequest { PageSize = 1 }, options), _deadline, cancellation);

    /// <inheritdoc/>
    public void Dispose()
    {
        _books.Dispose();
        _pages.Dispose();
        _searches.Dispose();
    }

    private ValueTask<Answer<SearchBooksResponse>> FindAsync(string query, int size, string pageToken, CancellationToken cancellation) =>
        _searches.GetAsync((query, size, pageToken), async key =>
        {
            var request = new SearchBooksRequest { Query = key.Query, PageSize = key.Size, PageToken = key.PageToken };
            var answer = await _peer.AskAsync(options => _inventory.SearchBooksAsync(request, options), _deadline, cancellation);
            Keep(answer.Value?.Books);
            return answer;
        });

    /// <summary>A list tells of its books all that their pages show.</summary>
    private void Keep(IEnumerable<Book>? books)
    {
        foreach (var book in books ?? [])
        {
            _books.Keep(book.BookId, book);
        }
    }
}
