using BooksForYou.Contracts.Inventory.V1;
using BooksForYou.Recommendations.Catalogue;
using BooksForYou.ServiceKit.Storage;
using BooksForYou.ServiceKit.Testing;
using Dapper;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Book = BooksForYou.Recommendations.Catalogue.Book;

namespace BooksForYou.Recommendations.Tests.Catalogue;

public sealed class CatalogueRefreshTests
{
    private static readonly Book First = new() { Id = 1, Title = "Emma", Author = "Jane Austen", Category = BookCategory.Classics };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task ExecuteAsync_bookseller_changes_a_title_readers_see_it(DatabaseDialect engine)
    {
        await using var test = await TestDatabase.CreateAsync(engine, typeof(Book).Assembly);
        var catalogue = await LoadAsync(test.Database);
        using var log = new LogCollector();
        var time = new ManualTime();
        using var refresh = Create(catalogue, time, log);
        await refresh.StartAsync(Token);

        await ExecuteAsync(test.Database, "UPDATE books SET title = 'Persuasion'");
        Assert.Equal("Emma", catalogue.Get(1).Title);
        await time.FireAsync();
        await log.WaitForAsync(line => line.Event == "CatalogueRead", Token);

        Assert.Equal("Persuasion", catalogue.Get(1).Title);
        await refresh.StopAsync(Token);
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task ExecuteAsync_database_fails_keeps_the_books_and_says_so_once(DatabaseDialect engine)
    {
        await using var test = await TestDatabase.CreateAsync(engine, typeof(Book).Assembly);
        var catalogue = await LoadAsync(test.Database);
        using var log = new LogCollector();
        var time = new ManualTime();
        using var refresh = Create(catalogue, time, log);
        await refresh.StartAsync(Token);

        await ExecuteAsync(test.Database, "ALTER TABLE books RENAME TO elsewhere");
        await time.FireAsync();
        await log.WaitForAsync(1, line => line.Event == "CatalogueStale", Token);
        await time.FireAsync();
        await log.WaitForAsync(2, line => line.Event == "CatalogueStale", Token);
        Assert.Equal("Emma", catalogue.Get(1).Title);

        await ExecuteAsync(test.Database, "ALTER TABLE elsewhere RENAME TO books");
        await time.FireAsync();
        await log.WaitForAsync(line => line.Event == "CatalogueRead", Token);

        Assert.Equal([LogLevel.Warning, LogLevel.Debug, LogLevel.Information], log.Items.Select(line => line.Level));
        await refresh.StopAsync(Token);
    }

    private static CatalogueRefresh Create(BookCatalogue catalogue, TimeProvider time, LogCollector log)
    {
        var logs = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Debug).AddProvider(log));
        return new(catalogue, Options.Create(new RecommendationsOptions()), time, logs.CreateLogger<CatalogueRefresh>());
    }

    private static async Task<BookCatalogue> LoadAsync(Database database)
    {
        var store = new CatalogueStore(database);
        await store.SeedAsync("test", [First], Token);
        var catalogue = new BookCatalogue(store);
        await catalogue.LoadAsync(Token);
        return catalogue;
    }

    private static Task<int> ExecuteAsync(Database database, string sql) =>
        database.TransactionAsync((connection, _) => connection.ExecuteAsync(sql), Token);
}
