using BooksForYou.Cart.Baskets;
using BooksForYou.Contracts.Cart.V1;
using BooksForYou.Contracts.Security.V1;
using BooksForYou.ServiceKit.Security;
using BooksForYou.ServiceKit.Storage;
using BooksForYou.ServiceKit.Testing;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;

namespace BooksForYou.Cart.Tests.Baskets;

public sealed class MergeTests
{
    private static string Ada => RunningCart.Ada.Subject;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task MergeBasket_moves_the_visitors_books_and_may_be_repeated(DatabaseDialect engine)
    {
        await using var store = await Store.StartAsync(engine);
        var baskets = store.Cart.Services.GetRequiredService<BasketStore>();
        var visitor = Store.NewToken();
        await baskets.AddAsync(Ada, 2, 60, new Price(2000, "EUR"), Token);
        await baskets.AddAsync(visitor, 3, 1, new Price(3100, "EUR"), Token);
        await baskets.AddAsync(visitor, 2, 60, price: null, Token);

        for (var time = 0; time < 2; time++)
        {
            var merged = await store.Cart.AdaClient.MergeBasketAsync(new MergeBasketRequest { VisitorId = visitor }, cancellationToken: Token);
            Assert.Equal(100, merged.Copies);
        }

        Assert.Equal(
            [new BasketItem(2, 99, new Price(2000, "EUR")), new BasketItem(3, 1, new Price(3100, "EUR"))],
            (await baskets.ReadAsync(Ada, Token)).Items);
        Assert.Empty((await baskets.ReadAsync(visitor, Token)).Items);
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task MergeBasket_from_two_tabs_while_both_baskets_are_edited_loses_and_doubles_nothing(DatabaseDialect engine)
    {
        await using var store = await Store.StartAsync(engine);
        var other = await store.AddCartAsync();
        RunningCart[] carts = [store.Cart, other];
        var baskets = carts.Select(cart => cart.Services.GetRequiredService<BasketStore>()).ToArray();
        var visitor = Store.NewToken();
        await baskets[0].AddAsync(visitor, 1, 5, price: null, Token);

        await Task.WhenAll(Enumerable.Range(0, 30).Select(edit => Task.Run(
            async () =>
            {
                if (edit % 3 == 0)
                {
                    await carts[edit % 2].AdaClient.MergeBasketAsync(new MergeBasketRequest { VisitorId = visitor }, cancellationToken: Token);
                }
                else
                {
                    await baskets[edit % 2].AddAsync(edit % 3 == 1 ? visitor : Ada, 1 + (edit % 2), 1, price: null, Token);
                }
            },
            Token)));
        await store.Cart.AdaClient.MergeBasketAsync(new MergeBasketRequest { VisitorId = visitor }, cancellationToken: Token);

        Assert.Equal(25, (await baskets[0].ReadAsync(Ada, Token)).Copies);
        Assert.Equal(0, (await baskets[0].ReadAsync(visitor, Token)).Copies);
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task MergeBasket_more_books_than_fit_keeps_those_that_were_there(DatabaseDialect engine)
    {
        await using var store = await Store.StartAsync(engine);
        var baskets = store.Cart.Services.GetRequiredService<BasketStore>();
        var visitor = Store.NewToken();
        foreach (var bookId in Enumerable.Range(1, 60))
        {
            await baskets.AddAsync(Ada, bookId, 1, price: null, Token);
            await baskets.AddAsync(visitor, 50 + bookId, 1, price: null, Token);
        }

        await baskets.MergeAsync(visitor, Ada, Token);

        Assert.Equal(Enumerable.Range(1, 100), (await baskets.ReadAsync(Ada, Token)).Items.Select(item => item.BookId));
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task MergeBasket_while_it_is_paid_for_is_put_off(DatabaseDialect engine)
    {
        await using var store = await Store.StartAsync(engine);
        var request = await store.FillBasketAsync();
        var merge = new MergeBasketRequest { VisitorId = request.VisitorId };
        store.Transactions.Interference.Before("Charge", () => StatusAssert.FailsForReasonAsync(
            StatusCode.Aborted, "PAYMENT_UNDER_WAY", store.Cart.AdaClient.MergeBasketAsync(merge, cancellationToken: Token)));

        Assert.Equal(SaleOutcome.Sold, (await store.Client.CheckoutAsync(request, cancellationToken: Token)).Outcome);

        Assert.Equal(0, (await store.Cart.AdaClient.MergeBasketAsync(merge, cancellationToken: Token)).Copies);
    }

    [Fact]
    public async Task MergeBasket_of_an_account_or_by_a_visitor_is_refused()
    {
        await using var store = await Store.StartAsync(DatabaseDialect.Sqlite);
        var visitor = Store.NewToken();

        await StatusAssert.FailsForFieldsAsync(
            ["visitor_id"],
            store.Cart.AdaClient.MergeBasketAsync(new MergeBasketRequest { VisitorId = "account:BOBBOBBOBBOBBOBBOBBOBBOBBO" }, cancellationToken: Token));
        await StatusAssert.FailsAsync(
            StatusCode.PermissionDenied,
            store.Cart.ClientOf(new Caller(Role.Visitor, visitor)).MergeBasketAsync(
                new MergeBasketRequest { VisitorId = visitor }, cancellationToken: Token));
    }
}
