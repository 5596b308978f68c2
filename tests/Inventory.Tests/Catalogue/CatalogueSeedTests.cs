using BooksForYou.Contracts.Inventory.V1;
using BooksForYou.Inventory.Catalogue;
using BooksForYou.ServiceKit.Storage;
using BooksForYou.ServiceKit.Testing;
using Dapper;
using Microsoft.Extensions.Options;

namespace BooksForYou.Inventory.Tests.Catalogue;

public sealed class CatalogueSeedTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Read_every_book_is_free_of_problems()
    {
        var books = CatalogueSeed.Read("EUR");

        Assert.All(books, added => Assert.Empty(added.Book.Problems("EUR")));
        Assert.Equal(438, books.Count);
        Assert.Equal(12, books.Select(added => added.Book.Category).Distinct().Count());
        Assert.Equal("The Maltese Falcon", books[0].Book.Title);
        Assert.Equal(BookCategory.Mystery, books[0].Book.Category);
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Plant_by_several_processes_at_once_plants_once(DatabaseDialect engine)
    {
        await using var shop = await Bookshop.OpenAsync(engine);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Seed(shop, seed: true).PlantAsync(Token))));
        await Seed(shop, seed: true).PlantAsync(Token);

        Assert.Equal(438, await CountAsync(shop));
        var first = await shop.Books.FindAsync(1, Token);
        Assert.Equal(("The Maltese Falcon", 20), (first!.Title, first.Available));
        await shop.AssertLedgerAsync();
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Plant_turned_off_opens_empty_for_good(DatabaseDialect engine)
    {
        await using var shop = await Bookshop.OpenAsync(engine);

        await Seed(shop, seed: false).PlantAsync(Token);
        await Seed(shop, seed: true).PlantAsync(Token);

        Assert.Equal(0, await CountAsync(shop));
    }

    [Theory]
    [InlineData(BookCategory.Children, "any title", 599, 1149)]
    [InlineData(BookCategory.History, "any title", 1299, 1849)]
    public void DefaultPrice_is_within_the_range_of_the_category(BookCategory category, string titleKey, long lowest, long highest)
    {
        var price = DefaultPrice.Cents(category, titleKey);

        Assert.InRange(price, lowest, highest);
        Assert.Equal(0, (price - lowest) % 50);
    }

    [Fact]
    public void DefaultPrice_is_the_same_on_every_machine() =>
        Assert.Equal(1099, DefaultPrice.Cents(BookCategory.Mystery, "the maltese falcon"));

    [Theory]
    [InlineData("science-fiction", BookCategory.ScienceFiction)]
    [InlineData("Science Fiction", BookCategory.ScienceFiction)]
    [InlineData("BOOK_CATEGORY_SELF_HELP", BookCategory.SelfHelp)]
    [InlineData("children", BookCategory.Children)]
    [InlineData("unspecified", null)]
    [InlineData("cookery", null)]
    [InlineData("1", null)]
    public void CategoryName_text_gives_category_or_null(string text, BookCategory? expected) =>
        Assert.Equal(expected, CategoryName.Parse(text));

    private static CatalogueSeed Seed(Bookshop shop, bool seed) =>
        new(shop.Database, shop.Writer, new ShopCurrency("EUR"), Options.Create(new InventoryOptions { Seed = seed }));

    private static async Task<int> CountAsync(Bookshop shop)
    {
        await using var connection = await shop.Database.OpenConnectionAsync(Token);
        return await connection.ExecuteScalarAsync<int>("SELECT count(*) FROM book");
    }
}
