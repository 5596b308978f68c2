using BooksForYou.Contracts.Inventory.V1;
using BooksForYou.Recommendations.Catalogue;
using BooksForYou.ServiceKit.Storage;
using BooksForYou.ServiceKit.Testing;
using Dapper;
using Book = BooksForYou.Recommendations.Catalogue.Book;

namespace BooksForYou.Recommendations.Tests.Catalogue;

public sealed class CatalogueStoreTests
{
    private static readonly Book Full = new()
    {
        Id = 1,
        Title = "Les Misérables – 悲惨世界",
        Author = "Victor Hugo",
        Year = -19,
        Isbn = "9780140444308",
        Category = BookCategory.Classics,
        Description = "A loaf of bread; \"nineteen\" years.",
    };

    private static readonly Book Sparse = new() { Id = int.MaxValue, Title = "x", Author = "y", Category = (BookCategory)99 };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task ReadAllAsync_books_written_come_back_the_same(DatabaseDialect engine)
    {
        await using var test = await CreateAsync(engine);
        var store = new CatalogueStore(test.Database);

        Assert.True(await store.SeedAsync("first", [Full, Sparse], Token));

        Assert.Equal([Full, Sparse], (await store.ReadAllAsync(Token)).OrderBy(book => book.Id));
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task SeedAsync_again_leaves_a_bookseller_s_changes(DatabaseDialect engine)
    {
        await using var test = await CreateAsync(engine);
        var store = new CatalogueStore(test.Database);
        await store.SeedAsync("first", [Full, Sparse], Token);
        await test.Database.TransactionAsync(
            (connection, _) => connection.ExecuteAsync("DELETE FROM books WHERE id = 1; UPDATE books SET title = 'Changed'"),
            Token);

        Assert.False(await store.SeedAsync("first", [Full, Sparse], Token));

        Assert.Equal([Sparse with { Title = "Changed" }], await store.ReadAllAsync(Token));
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task SeedAsync_five_processes_at_once_plant_once(DatabaseDialect engine)
    {
        await using var test = await CreateAsync(engine);
        var books = CatalogueSeed.Read();

        var planted = await Task.WhenAll(Enumerable.Range(0, 5)
            .Select(_ => new CatalogueStore(test.OpenAnother()))
            .Select(store => Task.Run(() => store.SeedAsync("first", books, Token), Token)));

        Assert.Single(planted, was => was);
        Assert.Equal(books, (await new CatalogueStore(test.Database).ReadAllAsync(Token)).OrderBy(book => book.Id));
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task SeedAsync_fails_half_way_plants_nothing(DatabaseDialect engine)
    {
        await using var test = await CreateAsync(engine);
        var store = new CatalogueStore(test.Database);

        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => store.SeedAsync("first", [Full, Full], Token));

        Assert.Empty(await store.ReadAllAsync(Token));
        Assert.True(await store.SeedAsync("first", [Full], Token));
    }

    private static Task<TestDatabase> CreateAsync(DatabaseDialect engine) => TestDatabase.CreateAsync(engine, typeof(Book).Assembly);
}
