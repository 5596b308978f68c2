using BooksForYou.Cart.Baskets;
using BooksForYou.Contracts.Cart.V1;
using BooksForYou.Contracts.Inventory.V1;
using BooksForYou.ServiceKit.Errors;
using BooksForYou.ServiceKit.Storage;
using BooksForYou.ServiceKit.Testing;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;

namespace BooksForYou.Cart.Tests.Baskets;

public sealed class BasketTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task AddItem_twice_adds_up_and_never_beyond_99(DatabaseDialect engine)
    {
        await using var store = await Store.StartAsync(engine);
        var visitor = Store.NewToken();

        Assert.Equal(60, await AddAsync(store, visitor, 1, 60));
        Assert.Equal(99, await AddAsync(store, visitor, 1, 60));
        Assert.Equal(99, Assert.Single((await store.GetBasketAsync(visitor)).Lines).Quantity);
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task AddItem_from_many_tabs_at_once_loses_none(DatabaseDialect engine)
    {
        await using var store = await Store.StartAsync(engine);
        var other = await store.AddCartAsync();
        var visitor = Store.NewToken();
        for (var bookId = 4; bookId <= 8; bookId++)
        {
            store.Inventory.Put(bookId, 1000, available: 100);
        }

        // 300 edits of five books: 60 copies each, from two processes.
        await Task.WhenAll(Enumerable.Range(0, 300).Select(async edit => await (edit % 2 == 0 ? store.Client : other.Client).AddItemAsync(
            new AddItemRequest { VisitorId = visitor, BookId = 4 + (edit % 5), Quantity = 1 },
            deadline: DateTime.UtcNow.AddMinutes(1),
            cancellationToken: Token)));

        var basket = await store.GetBasketAsync(visitor);
        Assert.Equal(5, basket.Lines.Count);
        Assert.All(basket.Lines, line => Assert.Equal(60, line.Quantity));
        Assert.Equal(300, basket.Copies);
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Edits_of_all_kinds_at_once_each_take_effect(DatabaseDialect engine)
    {
        await using var store = await Store.StartAsync(engine);
        var baskets = store.Cart.Services.GetRequiredService<BasketStore>();
        var visitor = Store.NewToken();
        for (var bookId = 1; bookId <= 90; bookId++)
        {
            await baskets.AddAsync(visitor, bookId, 1, price: null, Token);
        }

        Task EditAsync(int bookId) => (bookId % 3) switch
        {
            0 => baskets.RemoveAsync(visitor, bookId, Token),
            1 => baskets.SetQuantityAsync(visitor, bookId, 7, Token),
            _ => baskets.AddAsync(visitor, bookId, 2, price: null, Token),
        };
        await Task.WhenAll(Enumerable.Range(1, 90).Select(bookId => Task.Run(() => EditAsync(bookId))));

        var basket = await baskets.ReadAsync(visitor, Token);
        Assert.Equal(
            Enumerable.Range(1, 90).Where(bookId => bookId % 3 != 0).Select(bookId => (bookId, bookId % 3 == 1 ? 7 : 3)),
            basket.Items.Select(item => (item.BookId, item.Quantity)));
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task AddItem_150_different_books_at_once_makes_100_lines(DatabaseDialect engine)
    {
        await using var store = await Store.StartAsync(engine);
        var baskets = store.Cart.Services.GetRequiredService<BasketStore>();
        var visitor = Store.NewToken();

        var quantities = await Task.WhenAll(Enumerable.Range(1, 150).Select(
            bookId => Task.Run(() => baskets.AddAsync(visitor, bookId, 1, price: null, Token))));

        Assert.Equal(50, quantities.Count(quantity => quantity is null));
        Assert.Equal(100, (await baskets.ReadAsync(visitor, Token)).Items.Count);
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task AddItem_full_basket_refuses_another_book_and_takes_more_of_the_same(DatabaseDialect engine)
    {
        await using var store = await Store.StartAsync(engine);
        var baskets = store.Cart.Services.GetRequiredService<BasketStore>();
        var visitor = Store.NewToken();
        for (var bookId = 101; bookId <= 199; bookId++)
        {
            await baskets.AddAsync(visitor, bookId, 1, price: null, Token);
        }

        Assert.Equal(1, await AddAsync(store, visitor, 1, 1));
        await StatusAssert.FailsAsync(
            StatusCode.FailedPrecondition,
            store.Client.AddItemAsync(new AddItemRequest { VisitorId = visitor, BookId = 2, Quantity = 1 }, cancellationToken: Token));
        Assert.Equal(2, await AddAsync(store, visitor, 1, 1));
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task SetQuantity_changes_and_0_takes_out(DatabaseDialect engine)
    {
        await using var store = await Store.StartAsync(engine);
        var visitor = Store.NewToken();
        await AddAsync(store, visitor, 1, 1);
        await AddAsync(store, visitor, 2, 1);

        await store.Client.SetQuantityAsync(
            new SetQuantityRequest { VisitorId = visitor, BookId = 1, Quantity = 5 }, cancellationToken: Token);
        for (var time = 0; time < 2; time++)
        {
            await store.Client.SetQuantityAsync(
                new SetQuantityRequest { VisitorId = visitor, BookId = 2, Quantity = 0 }, cancellationToken: Token);
        }

        Assert.Equal([(1, 5)], (await store.GetBasketAsync(visitor)).Lines.Select(line => (line.BookId, line.Quantity)));
        await StatusAssert.FailsAsync(
            StatusCode.NotFound,
            store.Client.SetQuantityAsync(
                new SetQuantityRequest { VisitorId = visitor, BookId = 2, Quantity = 1 }, cancellationToken: Token));
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task RemoveItem_and_ClearBasket_may_be_repeated(DatabaseDialect engine)
    {
        await using var store = await Store.StartAsync(engine);
        var visitor = Store.NewToken();
        foreach (var bookId in (int[])[1, 2, 3])
        {
            await AddAsync(store, visitor, bookId, 1);
        }

        for (var time = 0; time < 2; time++)
        {
            await store.Client.RemoveItemAsync(new RemoveItemRequest { VisitorId = visitor, BookId = 2 }, cancellationToken: Token);
            Assert.Equal([1, 3], (await store.GetBasketAsync(visitor)).Lines.Select(line => line.BookId));
        }

        for (var time = 0; time < 2; time++)
        {
            await store.Client.ClearBasketAsync(new ClearBasketRequest { VisitorId = visitor }, cancellationToken: Token);
            Assert.Empty((await store.GetBasketAsync(visitor)).Lines);
        }

        Assert.Equal(1, await AddAsync(store, visitor, 2, 1));
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task GetBasket_shows_books_as_they_are_now_in_one_round_trip(DatabaseDialect engine)
    {
        await using var store = await Store.StartAsync(engine);
        var visitor = Store.NewToken();
        await AddAsync(store, visitor, 3, 1);
        await AddAsync(store, visitor, 1, 2);
        await AddAsync(store, visitor, 2, 1);
        store.Inventory.Put(1, 1200, available: 1);
        store.Inventory.Remove(2);

        var basket = await store.GetBasketAsync(visitor);

        Assert.Equal(
        [
            new BasketLine { BookId = 3, Title = "Book 3", Author = "Author 3", Quantity = 1, UnitPrice = Euro(3000), Available = 10 },
            new BasketLine
            {
                BookId = 1,
                Title = "Book 1",
                Author = "Author 1",
                Quantity = 2,
                UnitPrice = Euro(1200),
                PreviousUnitPrice = Euro(1000),
                Available = 1,
            },
            new BasketLine { BookId = 2, Quantity = 1, Unavailable = true },
        ], basket.Lines);
        Assert.Equal(Euro(5400), basket.Total);
        Assert.Equal(4, basket.Copies);
        Assert.True(basket.Priced);
        Assert.Equal(1, store.Inventory.Interference.Count("BatchGetBooks"));
    }

    [Fact]
    public async Task GetBasket_book_added_again_has_the_price_of_that_time()
    {
        await using var store = await Store.StartAsync(DatabaseDialect.Sqlite);
        var visitor = Store.NewToken();
        await AddAsync(store, visitor, 1, 1);
        store.Inventory.Put(1, 1200, available: 10);
        await AddAsync(store, visitor, 1, 1);

        Assert.Null((await store.GetBasketAsync(visitor)).Lines.Single().PreviousUnitPrice);
    }

    [Fact]
    public async Task GetBasket_version_is_that_of_the_content()
    {
        await using var store = await Store.StartAsync(DatabaseDialect.Sqlite);
        var visitor = Store.NewToken();
        Assert.Equal("", (await store.GetBasketAsync(visitor)).Version);
        await AddAsync(store, visitor, 1, 1);
        var one = (await store.GetBasketAsync(visitor)).Version;
        await AddAsync(store, visitor, 2, 1);
        var two = (await store.GetBasketAsync(visitor)).Version;
        await store.Client.RemoveItemAsync(new RemoveItemRequest { VisitorId = visitor, BookId = 2 }, cancellationToken: Token);

        Assert.NotEqual(one, two);
        Assert.Equal(one, (await store.GetBasketAsync(visitor)).Version);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Basket_inventory_away_goes_on_without_prices(bool hangs)
    {
        await using var store = await Store.StartAsync(DatabaseDialect.Sqlite, options: ["--cart-catalogue-timeout", "00:00:02"]);
        var visitor = Store.NewToken();
        await AddAsync(store, visitor, 1, 1);
        var hung = new TaskCompletionSource();
        Func<Task> failure = () => hangs ? hung.Task : throw new UnavailableException("down");
        store.Inventory.Interference.Before("GetBook", failure);
        store.Inventory.Interference.Before("BatchGetBooks", failure);

        await AddAsync(store, visitor, 2, 3);
        var basket = await store.GetBasketAsync(visitor);

        Assert.False(basket.Priced);
        Assert.Null(basket.Total);
        Assert.Equal(4, basket.Copies);
        Assert.Equal([new BasketLine { BookId = 1, Quantity = 1 }, new BasketLine { BookId = 2, Quantity = 3 }], basket.Lines);

        hung.SetResult();
        store.Inventory.Interference.Clear();
        basket = await store.GetBasketAsync(visitor);
        Assert.Equal(Euro(7000), basket.Total);
        Assert.All(basket.Lines, line => Assert.Null(line.PreviousUnitPrice));
    }

    [Fact]
    public async Task AddItem_unknown_book_is_not_found()
    {
        await using var store = await Store.StartAsync(DatabaseDialect.Sqlite);
        var visitor = Store.NewToken();

        await StatusAssert.FailsAsync(
            StatusCode.NotFound, store.Client.AddItemAsync(
                new AddItemRequest { VisitorId = visitor, BookId = 77, Quantity = 1 }, cancellationToken: Token));
        Assert.Empty((await store.GetBasketAsync(visitor)).Lines);
    }

    [Theory]
    [InlineData("aaaaaaaaaaaaaaaaaaaaa", 1, 1, new[] { "visitor_id" })]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", 1, 1, new[] { "visitor_id" })]
    [InlineData("aaaaaaaaaaaaaaaaaaaaa'", 1, 1, new[] { "visitor_id" })]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaa", 0, 0, new[] { "book_id", "quantity" })]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaa", 1, 100, new[] { "quantity" })]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaa", 1, -1, new[] { "quantity" })]
    public async Task AddItem_impossible_request_names_the_fields(string visitor, int bookId, int quantity, string[] fields)
    {
        await using var store = await Store.StartAsync(DatabaseDialect.Sqlite);

        await StatusAssert.FailsForFieldsAsync(
            fields, store.Client.AddItemAsync(
                new AddItemRequest { VisitorId = visitor, BookId = bookId, Quantity = quantity }, cancellationToken: Token));
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Sweep_deletes_baskets_that_nobody_has_edited_for_BASKET_DAYS(DatabaseDialect engine)
    {
        await using var store = await Store.StartAsync(engine, options: ["--basket-days", "7"]);
        var sweep = store.Cart.Services.GetRequiredService<BasketSweep>();
        var baskets = store.Cart.Services.GetRequiredService<BasketStore>();
        var (abandoned, edited) = (Store.NewToken(), Store.NewToken());
        await baskets.AddAsync(abandoned, 1, 1, price: null, Token);
        await baskets.AddAsync(edited, 1, 1, price: null, Token);
        store.Time.Advance(TimeSpan.FromDays(6));
        await baskets.AddAsync(edited, 2, 1, price: null, Token);
        Assert.Equal(0, await sweep.SweepAsync(Token));
        store.Time.Advance(TimeSpan.FromDays(1.1));

        Assert.Equal(1, await sweep.SweepAsync(Token));

        Assert.Empty((await baskets.ReadAsync(abandoned, Token)).Items);
        Assert.Equal(2, (await baskets.ReadAsync(edited, Token)).Items.Count);
    }

    private static Money Euro(long cents) => new() { Cents = cents, Currency = "EUR" };

    private static async Task<int> AddAsync(Store store, string visitor, int bookId, int quantity)
    {
        var response = await store.Client.AddItemAsync(
            new AddItemRequest { VisitorId = visitor, BookId = bookId, Quantity = quantity }, cancellationToken: Token);
        return response.Quantity;
    }
}
