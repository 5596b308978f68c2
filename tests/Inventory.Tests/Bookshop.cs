using BooksForYou.Contracts.Inventory.V1;
using BooksForYou.Inventory.Catalogue;
using BooksForYou.Inventory.Search;
using BooksForYou.Inventory.Stock;
using BooksForYou.ServiceKit.Storage;
using BooksForYou.ServiceKit.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace BooksForYou.Inventory.Tests;

/// <summary>The parts of the service on an empty database of either engine, without gRPC in between.</summary>
internal sealed class Bookshop : IAsyncDisposable
{
    private readonly TestDatabase _test;
    private readonly List<Database> _replicas = [];

    private Bookshop(TestDatabase test)
    {
        _test = test;
        Database = test.Database;
        Writer = new CatalogueWriter(Database, Signal, Clock);
        Books = new BookStore(Database);
        BestSellers = new BestSellers(Database, Options.Create(new InventoryOptions()), Clock, NullLogger<BestSellers>.Instance);
        Search = new BookSearch(Database, Books, BestSellers);
        Feed = new BookFeed(
            Database, Signal, Options.Create(new InventoryOptions { FeedPoll = TimeSpan.FromMilliseconds(50) }), TimeProvider.System);
        Reservations = Replica();
        Stock = new StockStore(Database);
        Ledger = new StockLedger(Stock, Clock);
        Administration = new CatalogueAdministration(Writer, Books);
    }

    public Database Database { get; }

    public string ConnectionString => _test.ConnectionString;

    public FakeClock Clock { get; } = new();

    public CatalogueSignal Signal { get; } = new();

    public CatalogueWriter Writer { get; }

    public BookStore Books { get; }

    public BestSellers BestSellers { get; }

    public BookSearch Search { get; }

    public BookFeed Feed { get; }

    public Reservations Reservations { get; }

    public StockStore Stock { get; }

    public StockLedger Ledger { get; }

    public CatalogueAdministration Administration { get; }

    public static async Task<Bookshop> OpenAsync(DatabaseDialect engine) =>
        new(await TestDatabase.CreateAsync(engine, typeof(InventoryModule).Assembly));

    public static BookDraft Draft(
        string title,
        string author = "Anne Author",
        int? year = 2001,
        string isbn = "",
        long cents = 999,
        BookCategory category = BookCategory.Fiction) => new()
        {
            Title = title,
            Author = author,
            Year = year,
            Isbn = isbn,
            Category = category,
            PriceCents = cents,
            Currency = "EUR",
        };

    /// <summary>The reservations of another process on the same database.</summary>
    public Reservations Replica()
    {
        // Several tests with several replicas each share one server, which has a limit.
        var pool = Database.Dialect == DatabaseDialect.PostgreSql ? ";Maximum Pool Size=30" : "";
        var database = new Database(DatabaseAddress.Parse(ConnectionString + pool));
        _replicas.Add(database);
        return new Reservations(ReservationStore.Create(database), Clock);
    }

    /// <summary>Adds books, each with some copies.</summary>
    /// <returns>The number of the first.</returns>
    public Task<int> AddAsync(int copies, params BookDraft[] books) => Writer.WriteAsync(
        (change, token) =>
            change.AddAsync([.. books.Select(book => new NewBook(book, copies))], "initial stock", "test", token), CancellationToken.None);

    public async Task<int> AvailableAsync(int bookId) => (await Books.FindAsync(bookId, CancellationToken.None))!.Available;

    /// <summary>Fails if any book's stock is not what the ledger and the live reservations add up to.</summary>
    public async Task AssertLedgerAsync() => Assert.Empty(await Stock.CheckLedgerAsync(CancellationToken.None));

    public async ValueTask DisposeAsync()
    {
        BestSellers.Dispose();
        foreach (var replica in _replicas)
        {
            await replica.DisposeAsync();
        }

        await _test.DisposeAsync();
    }
}
