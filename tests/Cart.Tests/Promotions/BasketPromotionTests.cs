using BooksForYou.Contracts.Cart.V1;
using BooksForYou.Contracts.Inventory.V1;
using BooksForYou.Contracts.Security.V1;
using BooksForYou.Contracts.Transactions.V1;
using BooksForYou.ServiceKit.Security;
using BooksForYou.ServiceKit.Storage;
using BooksForYou.ServiceKit.Testing;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace BooksForYou.Cart.Tests.Promotions;

public sealed class BasketPromotionTests
{
    private const string BuyTwo = "buy-two-get-one-free";

    private static readonly Caller Bob = new(Role.Customer, "account:BOBBOBBOBBOBBOBBOBBOBBOBBO", "Bob");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GetBasket_visitor_is_offered_what_a_customer_gets()
    {
        await using var store = await Store.StartAsync(DatabaseDialect.Sqlite);
        var request = await store.FillBasketAsync(quantity: 3);
        await store.FillBasketOfAdaAsync(quantity: 3);

        var visitors = await store.GetBasketAsync(request.VisitorId);
        var adas = await store.GetBasketAsync("");

        var discount = new BasketDiscount
        {
            PromotionId = BuyTwo,
            Name = "Buy two, get one free",
            Reason = "Your cheapest book is free: Book 1.",
            Amount = Euro(1000),
        };
        Assert.Equal([discount], adas.Discounts);
        Assert.Equal((Euro(3000), Euro(2000)), (adas.Subtotal, adas.Total));
        discount.NeedsAccount = true;
        Assert.Equal([discount], visitors.Discounts);
        Assert.Equal((Euro(3000), Euro(3000)), (visitors.Subtotal, visitors.Total));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task GetBasket_transactions_away_shows_the_promotion(bool hangs)
    {
        await using var store = await Store.StartAsync(DatabaseDialect.Sqlite, options: ["--cart-catalogue-timeout", "00:00:01"]);
        store.Transactions.UsedElsewhere.Add(RunningCart.Ada.Subject);
        await store.FillBasketOfAdaAsync(quantity: 3);
        Assert.Empty((await store.GetBasketAsync("")).Discounts);

        var hung = new TaskCompletionSource();
        store.Transactions.Interference.Before(
            "ListPromotionUses", () => hangs ? hung.Task : throw new ServiceKit.Errors.UnavailableException("down"));

        Assert.Equal(Euro(2000), (await store.GetBasketAsync("")).Total);
        hung.SetResult();
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Promotions_created_changed_and_turned_off_count_at_once(DatabaseDialect engine)
    {
        await using var store = await Store.StartAsync(engine);
        store.Inventory.Put(2, 1995, available: 10, category: BookCategory.Fantasy);
        var visitor = Store.NewToken();
        await store.Client.AddItemAsync(new AddItemRequest { VisitorId = visitor, BookId = 2, Quantity = 2 }, cancellationToken: Token);
        var request = new CreatePromotionRequest
        {
            IdempotencyKey = "key",
            Promotion = new Promotion
            {
                Name = "Fantasy week",
                Kind = PromotionKind.PercentOffCategory,
                FromTime = Timestamp.FromDateTime(DateTime.UnixEpoch),
                On = true,
                Category = BookCategory.Fantasy,
                Percent = 10,
            },
        };

        var created = (await store.Client.CreatePromotionAsync(request, cancellationToken: Token)).Promotion;
        var again = (await store.Client.CreatePromotionAsync(request, cancellationToken: Token)).Promotion;

        Assert.Equal(created, again);
        Assert.Equal(Euro(3590), (await store.GetBasketAsync(visitor)).Total);
        Assert.Equal(created, (await store.Client.ListPromotionsAsync(new ListPromotionsRequest(), cancellationToken: Token)).Promotions[0]);
        request.Promotion.Percent = 20;
        await StatusAssert.FailsAsync(StatusCode.AlreadyExists, store.Client.CreatePromotionAsync(request, cancellationToken: Token));

        created.On = false;
        await store.Client.UpdatePromotionAsync(new UpdatePromotionRequest { Promotion = created }, cancellationToken: Token);
        Assert.Equal(Euro(3990), (await store.GetBasketAsync(visitor)).Total);
        var offers = await store.Client.ListOffersAsync(new ListOffersRequest(), cancellationToken: Token);
        Assert.Equal([BuyTwo], offers.Offers.Select(offer => offer.PromotionId));
    }

    [Fact]
    public async Task CreatePromotion_and_UpdatePromotion_what_cannot_be_is_named()
    {
        await using var store = await Store.StartAsync(DatabaseDialect.Sqlite);
        var nothing = new CreatePromotionRequest();
        var wrong = new Promotion
        {
            PromotionId = BuyTwo,
            Name = "a\nb",
            Kind = PromotionKind.BuyTwoGetOneFree,
            FromTime = Timestamp.FromDateTime(DateTime.UnixEpoch),
            UntilTime = Timestamp.FromDateTime(DateTime.UnixEpoch),
            Category = BookCategory.History,
            Percent = 5,
        };
        var otherKind = new Promotion
        {
            PromotionId = BuyTwo,
            Name = "x",
            Kind = PromotionKind.PercentOffCategory,
            Category = BookCategory.History,
            Percent = 90,
        };
        var unknown = new Promotion { PromotionId = "unknown", Name = "x", Kind = PromotionKind.BuyTwoGetOneFree };

        await StatusAssert.FailsForFieldsAsync(
            ["idempotency_key", "promotion.name", "promotion.kind"], store.Client.CreatePromotionAsync(nothing, cancellationToken: Token));
        await StatusAssert.FailsForFieldsAsync(
            ["promotion.name", "promotion.until_time", "promotion.category", "promotion.percent"],
            store.Client.UpdatePromotionAsync(new UpdatePromotionRequest { Promotion = wrong }, cancellationToken: Token));
        await StatusAssert.FailsForFieldsAsync(
            ["promotion.kind"], store.Client.UpdatePromotionAsync(new UpdatePromotionRequest { Promotion = otherKind }, cancellationToken: Token));
        await StatusAssert.FailsAsync(
            StatusCode.NotFound, store.Client.UpdatePromotionAsync(new UpdatePromotionRequest { Promotion = unknown }, cancellationToken: Token));
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Checkout_promotion_used_meanwhile_is_told_and_nothing_charged_until_it_is_confirmed(DatabaseDialect engine)
    {
        await using var store = await Store.StartAsync(engine);
        var request = await store.FillBasketOfAdaAsync();
        store.Transactions.Interference.Before("Charge", () =>
        {
            store.Transactions.UsedElsewhere.Add(RunningCart.Ada.Subject);
            return Task.CompletedTask;
        });

        var told = await store.Cart.AdaClient.CheckoutAsync(request, cancellationToken: Token);
        var toldWhilePricing = await store.Cart.AdaClient.CheckoutAsync(Store.NewCheckout("", 2000), cancellationToken: Token);

        var expected = new CheckoutResponse { Outcome = SaleOutcome.PromotionUsed, Total = Euro(3000) };
        Assert.Equal([expected, expected], [told, toldWhilePricing]);
        Assert.Empty(store.Transactions.Orders);
        await store.AssertConsistentAsync();

        var confirmed = await store.Cart.AdaClient.CheckoutAsync(Store.NewCheckout("", 3000), cancellationToken: Token);
        Assert.Equal(SaleOutcome.Sold, confirmed.Outcome);
        var order = Assert.Single(store.Transactions.Orders);
        Assert.Equal((false, 3000, RunningCart.Ada.Subject), (order.BuyTwoGetOneFreePromo, order.Total.Cents, order.CustomerId));
        await store.AssertConsistentAsync();
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Checkout_with_the_promotion_sells_at_the_total_without_the_cheapest_book(DatabaseDialect engine)
    {
        await using var store = await Store.StartAsync(engine);
        var declined = await store.FillBasketOfAdaAsync(card: StandIns.TransactionsStandIn.DeclinedCard);
        Assert.Equal(SaleOutcome.Declined, (await store.Cart.AdaClient.CheckoutAsync(declined, cancellationToken: Token)).Outcome);

        var answer = await store.Cart.AdaClient.CheckoutAsync(Store.NewCheckout("", 2000), cancellationToken: Token);

        Assert.Equal(SaleOutcome.Sold, answer.Outcome);
        var order = Assert.Single(store.Transactions.Orders, order => order.State == OrderState.Paid);
        Assert.True(order.BuyTwoGetOneFreePromo);
        Assert.Equal((2000, BuyTwo, 1000), (order.Total.Cents, Assert.Single(order.Discounts).PromotionId, order.Discounts[0].AmountCents));

        // Once, ever.
        await store.FillBasketOfAdaAsync();
        Assert.Equal(Euro(3000), (await store.GetBasketAsync("")).Total);
    }

    [Fact]
    public async Task Basket_and_sale_belong_to_whom_the_token_says()
    {
        await using var store = await Store.StartAsync(DatabaseDialect.Sqlite);
        var request = await store.FillBasketOfAdaAsync();
        await store.Cart.AdaClient.CheckoutAsync(request, cancellationToken: Token);
        var visitors = await store.FillBasketAsync();
        var bob = store.Cart.ClientOf(Bob);

        Assert.Empty((await bob.GetBasketAsync(new GetBasketRequest(), cancellationToken: Token)).Basket.Lines);
        await StatusAssert.FailsAsync(
            StatusCode.NotFound, bob.GetSaleAsync(new GetSaleRequest { IdempotencyKey = request.IdempotencyKey }, cancellationToken: Token));
        await StatusAssert.FailsAsync(StatusCode.AlreadyExists, bob.CheckoutAsync(request, cancellationToken: Token));
        await StatusAssert.FailsAsync(
            StatusCode.PermissionDenied, bob.GetBasketAsync(new GetBasketRequest { VisitorId = visitors.VisitorId }, cancellationToken: Token));
        await StatusAssert.FailsAsync(
            StatusCode.PermissionDenied, bob.ClearBasketAsync(new ClearBasketRequest { VisitorId = visitors.VisitorId }, cancellationToken: Token));
        Assert.Single((await store.GetBasketAsync(visitors.VisitorId)).Lines);
    }

    private static Money Euro(long cents) => new() { Cents = cents, Currency = "EUR" };
}
