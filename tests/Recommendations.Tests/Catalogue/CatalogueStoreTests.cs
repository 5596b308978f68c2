using BooksForYou.Contracts.Inventory.V1;
using BooksForYou.Recommendations.Catalogue;
using BooksForYou.ServiceKit.Storage;
using BooksForYou.ServiceKit.Testing;
using Book = BooksForYou.Recommendations.Catalogue.Book;

namespace BooksForYou.Recommendations.Tests.Catalogue;

public sealed class CatalogueStoreTests
{
    private static readonly Book Full = new() { Id = 1, Title = "L'Étranger 'quoted'", Author = "Albert Camus, Nobody", Year = -44, Category = BookCategory.Classics };

    private static readonly Book Sparse = new() { Id = 2, Title = "x", Author = "y", Category = (BookCategory)99 };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Apply_books_and_cursor_come_back_the_same(DatabaseDialect engine)
    {
        await using var test = await CreateAsync(engine);
        var store = new CatalogueStore(test.Database);
        var start = await store.ReadStateAsync(Token);
        var after = start.MoveOn("c1", hasCaughtUp: true);

        Assert.False(start.IsUsable);
        Assert.True(await store.ApplyAsync(start, [Full, Sparse], after, Token));

        Assert.Equal(after, await store.ReadStateAsync(Token));
        Assert.Equal([Full, Sparse], (await store.ReadAllAsync(Token)).OrderBy(book => book.Id));
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Apply_when_another_was_quicker_changes_nothing(DatabaseDialect engine)
    {
        await using var test = await CreateAsync(engine);
        var store = new CatalogueStore(test.Database);
        var start = await store.ReadStateAsync(Token);
        await store.ApplyAsync(start, [Full], start.MoveOn("c2", hasCaughtUp: true), Token);

        Assert.False(await store.ApplyAsync(start, [Full with { Title = "Older" }], start.MoveOn("c1", hasCaughtUp: false), Token));

        Assert.Equal("c2", (await store.ReadStateAsync(Token)).Cursor);
        Assert.Equal([Full], await store.ReadAllAsync(Token));
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Apply_end_of_another_reading_takes_out_what_it_has_not_seen(DatabaseDialect engine)
    {
        await using var test = await CreateAsync(engine);
        var store = new CatalogueStore(test.Database);
        var start = await store.ReadStateAsync(Token);
        var first = start.MoveOn("c1", hasCaughtUp: true);
        await store.ApplyAsync(start, [Full, Sparse], first, Token);
        var anew = first.BeginAnew();
        await store.ApplyAsync(first, [], anew, Token);
        var half = anew.MoveOn("d1", hasCaughtUp: false);
        await store.ApplyAsync(anew, [Sparse with { Title = "New" }], half, Token);
        Assert.Equal(2, (await store.ReadAllAsync(Token)).Count);
        Assert.True((await store.ReadStateAsync(Token)).IsUsable);

        await store.ApplyAsync(half, [], half.MoveOn("d2", hasCaughtUp: true), Token);

        Assert.Equal([Sparse with { Title = "New" }], await store.ReadAllAsync(Token));
    }

    private static Task<TestDatabase> CreateAsync(DatabaseDialect engine) => TestDatabase.CreateAsync(engine, typeof(Book).Assembly);
}
