using BooksForYou.Cart.Tests.StandIns;
using BooksForYou.Contracts.Cart.V1;
using BooksForYou.Contracts.Inventory.V1;
using BooksForYou.Contracts.Transactions.V1;
using BooksForYou.ServiceKit.Storage;
using BooksForYou.ServiceKit.Testing;
using Google.Protobuf;
using Grpc.Core;

namespace BooksForYou.Cart.Tests.Sales;

public sealed class CheckoutTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Checkout_approved_card_sells_and_empties_the_basket(DatabaseDialect engine)
    {
        await using var store = await Store.StartAsync(engine);
        var request = await store.FillBasketAsync(quantity: 2);

        var answer = await store.Client.CheckoutAsync(request, cancellationToken: Token);

        var order = Assert.Single(store.Transactions.Orders);
        Assert.Equal(new CheckoutResponse { Outcome = SaleOutcome.Sold, OrderId = order.OrderId }, answer);
        Assert.Equal(2000, order.Total.Cents);
        Assert.Equal([new OrderLine { BookId = 1, Title = "Book 1", Quantity = 2, UnitPriceCents = 1000 }], order.Lines);
        Assert.Equal(8, store.Inventory.Available(1));
        Assert.Equal(new Basket { Priced = true, Total = new Money { Currency = "EUR" }, Subtotal = new Money { Currency = "EUR" } }, await store.GetBasketAsync(request.VisitorId));
        await store.AssertConsistentAsync();
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Checkout_book_added_meanwhile_stays_in_the_basket(DatabaseDialect engine)
    {
        await using var store = await Store.StartAsync(engine);
        var request = await store.FillBasketAsync(quantity: 2);
        store.Transactions.Interference.Before("Charge", async () =>
        {
            await store.Client.AddItemAsync(
                new AddItemRequest { VisitorId = request.VisitorId, BookId = 1, Quantity = 1 }, cancellationToken: Token);
            await store.Client.AddItemAsync(
                new AddItemRequest { VisitorId = request.VisitorId, BookId = 3, Quantity = 4 }, cancellationToken: Token);
        });

        await store.Client.CheckoutAsync(request, cancellationToken: Token);

        var basket = await store.GetBasketAsync(request.VisitorId);
        Assert.Equal([(1, 1), (3, 4)], basket.Lines.Select(line => (line.BookId, line.Quantity)));
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Checkout_book_taken_out_meanwhile_is_sold_all_the_same(DatabaseDialect engine)
    {
        await using var store = await Store.StartAsync(engine);
        var request = await store.FillBasketAsync(quantity: 3);
        store.Transactions.Interference.Before("Charge", async () => await store.Client.SetQuantityAsync(
            new SetQuantityRequest { VisitorId = request.VisitorId, BookId = 1, Quantity = 1 }, cancellationToken: Token));

        var answer = await store.Client.CheckoutAsync(request, cancellationToken: Token);

        Assert.Equal(SaleOutcome.Sold, answer.Outcome);
        Assert.Empty((await store.GetBasketAsync(request.VisitorId)).Lines);
        await store.AssertConsistentAsync();
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Checkout_declined_card_releases_the_stock_and_keeps_the_basket(DatabaseDialect engine)
    {
        await using var store = await Store.StartAsync(engine);
        var request = await store.FillBasketAsync(card: TransactionsStandIn.DeclinedCard);

        var answer = await store.Client.CheckoutAsync(request, cancellationToken: Token);

        var order = Assert.Single(store.Transactions.Orders);
        var expected = new CheckoutResponse
        {
            Outcome = SaleOutcome.Declined,
            OrderId = order.OrderId,
            DeclineReason = "The bank has declined the card.",
        };
        Assert.Equal(expected, answer);
        Assert.Equal(10, store.Inventory.Available(1));
        Assert.Single((await store.GetBasketAsync(request.VisitorId)).Lines);
        await store.AssertConsistentAsync();
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Checkout_impossible_card_fails_and_frees_the_key(DatabaseDialect engine)
    {
        await using var store = await Store.StartAsync(engine);
        var request = await store.FillBasketAsync(card: TransactionsStandIn.ImpossibleCard);

        await StatusAssert.FailsForFieldsAsync(["card.number"], store.Client.CheckoutAsync(request, cancellationToken: Token));
        Assert.Equal(10, store.Inventory.Available(1));
        await StatusAssert.FailsAsync(StatusCode.NotFound, store.Client.GetSaleAsync(
            new GetSaleRequest { IdempotencyKey = request.IdempotencyKey, VisitorId = request.VisitorId }, cancellationToken: Token));

        request.Card.Number = TransactionsStandIn.ApprovedCard;
        Assert.Equal(SaleOutcome.Sold, (await store.Client.CheckoutAsync(request, cancellationToken: Token)).Outcome);
        await store.AssertConsistentAsync();
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Checkout_impossible_card_while_inventory_goes_away_is_released_later(DatabaseDialect engine)
    {
        await using var store = await Store.StartAsync(engine);
        var request = await store.FillBasketAsync(card: TransactionsStandIn.ImpossibleCard);
        store.Inventory.Interference.Before("ReleaseReservation", () => throw new ServiceKit.Errors.UnavailableException("down"));

        await StatusAssert.FailsForFieldsAsync(["card.number"], store.Client.CheckoutAsync(request, cancellationToken: Token));
        Assert.Equal(1, store.Inventory.Live);

        store.Inventory.Interference.Clear();
        store.Time.Advance(Store.LeaseTime * 2);
        await store.Cart.RecoverAsync();
        await store.AssertConsistentAsync();
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Checkout_total_has_risen_is_refused_with_the_new_total(DatabaseDialect engine)
    {
        await using var store = await Store.StartAsync(engine);
        var request = await store.FillBasketAsync(quantity: 2);
        store.Inventory.Put(1, 1001, available: 10);

        var answer = await store.Client.CheckoutAsync(request, cancellationToken: Token);

        Assert.Equal(
            new CheckoutResponse { Outcome = SaleOutcome.PriceRisen, Total = new Money { Cents = 2002, Currency = "EUR" } }, answer);
        Assert.Empty(store.Transactions.Orders);
        Assert.DoesNotContain("ReserveStock", store.Inventory.Interference.Calls);

        // The customer agrees: the page has a new key for the new total.
        Assert.Equal(
            SaleOutcome.Sold,
            (await store.Client.CheckoutAsync(Store.NewCheckout(request.VisitorId, 2002), cancellationToken: Token)).Outcome);
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Checkout_total_has_fallen_charges_the_lower_one(DatabaseDialect engine)
    {
        await using var store = await Store.StartAsync(engine);
        var request = await store.FillBasketAsync(quantity: 2);
        store.Inventory.Put(1, 900, available: 10);

        await store.Client.CheckoutAsync(request, cancellationToken: Token);

        Assert.Equal(1800, Assert.Single(store.Transactions.Orders).Total.Cents);
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Checkout_more_than_there_is_says_how_many_are_left(DatabaseDialect engine)
    {
        await using var store = await Store.StartAsync(engine);
        var request = await store.FillBasketAsync(quantity: 11);

        var answer = await store.Client.CheckoutAsync(request, cancellationToken: Token);

        var shortage = new StockShortage { BookId = 1, Requested = 11, Available = 10 };
        Assert.Equal(new CheckoutResponse { Outcome = SaleOutcome.OutOfStock, Shortages = { shortage } }, answer);
        Assert.Empty(store.Transactions.Orders);
        Assert.Single((await store.GetBasketAsync(request.VisitorId)).Lines);
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Checkout_copies_go_while_it_is_priced_says_how_many_are_left(DatabaseDialect engine)
    {
        await using var store = await Store.StartAsync(engine);
        var request = await store.FillBasketAsync(quantity: 3);
        store.Inventory.Interference.After("BatchGetBooks", () =>
        {
            store.Inventory.Put(1, 1000, available: 2);
            return Task.CompletedTask;
        });

        var answer = await store.Client.CheckoutAsync(request, cancellationToken: Token);

        Assert.Equal(SaleOutcome.OutOfStock, answer.Outcome);
        Assert.Equal([new StockShortage { BookId = 1, Requested = 3, Available = 2 }], answer.Shortages);
        Assert.Equal(2, store.Inventory.Available(1));
        await store.AssertConsistentAsync(initial: 2);
    }

    [Theory]
    [InlineData("EUR", true)]
    [InlineData("USD", false)]
    public async Task Checkout_book_that_cannot_be_bought_is_out_of_stock(string currency, bool outOfPrint)
    {
        await using var store = await Store.StartAsync(DatabaseDialect.Sqlite);
        var request = await store.FillBasketAsync();
        await store.Client.AddItemAsync(
            new AddItemRequest { VisitorId = request.VisitorId, BookId = 2, Quantity = 1 }, cancellationToken: Token);
        store.Inventory.Put(2, 2000, available: outOfPrint ? 0 : 5, currency, outOfPrint);

        var answer = await store.Client.CheckoutAsync(request, cancellationToken: Token);

        Assert.Equal(SaleOutcome.OutOfStock, answer.Outcome);
        Assert.Equal([new StockShortage { BookId = 2, Requested = 1, Available = 0 }], answer.Shortages);
        Assert.Equal(1000, (await store.GetBasketAsync(request.VisitorId)).Total.Cents);
    }

    [Fact]
    public async Task Checkout_book_that_has_left_the_catalogue_is_out_of_stock()
    {
        await using var store = await Store.StartAsync(DatabaseDialect.Sqlite);
        var request = await store.FillBasketAsync();
        store.Inventory.Remove(1);

        var answer = await store.Client.CheckoutAsync(request, cancellationToken: Token);

        Assert.Equal(SaleOutcome.OutOfStock, answer.Outcome);
        Assert.Equal(1, Assert.Single(answer.Shortages).BookId);
    }

    [Fact]
    public async Task Checkout_empty_basket_is_refused()
    {
        await using var store = await Store.StartAsync(DatabaseDialect.Sqlite);

        await StatusAssert.FailsAsync(
            StatusCode.FailedPrecondition, store.Client.CheckoutAsync(Store.NewCheckout(Store.NewToken(), 1000), cancellationToken: Token));
    }

    [Fact]
    public async Task Checkout_basket_has_another_version_than_the_page_showed_sells_nothing()
    {
        await using var store = await Store.StartAsync(DatabaseDialect.Sqlite);
        var request = await store.FillBasketAsync();
        request.BasketVersion = (await store.GetBasketAsync(request.VisitorId)).Version;
        await store.Client.AddItemAsync(
            new AddItemRequest { VisitorId = request.VisitorId, BookId = 2, Quantity = 1 }, cancellationToken: Token);

        await StatusAssert.FailsForReasonAsync(
            StatusCode.Aborted, "BASKET_CHANGED", store.Client.CheckoutAsync(request, cancellationToken: Token));

        await store.Client.RemoveItemAsync(new RemoveItemRequest { VisitorId = request.VisitorId, BookId = 2 }, cancellationToken: Token);
        Assert.Equal(SaleOutcome.Sold, (await store.Client.CheckoutAsync(request, cancellationToken: Token)).Outcome);
    }

    [Fact]
    public async Task Checkout_request_that_lacks_everything_names_every_field()
    {
        await using var store = await Store.StartAsync(DatabaseDialect.Sqlite);

        await StatusAssert.FailsForFieldsAsync(
            ["idempotency_key", "visitor_id", "expected_total", "card", "address", "email"],
            store.Client.CheckoutAsync(
                new CheckoutRequest { IdempotencyKey = "short", VisitorId = new string('!', 30) }, cancellationToken: Token));
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Checkout_same_key_gives_the_same_answer_after_a_restart(DatabaseDialect engine)
    {
        await using var store = await Store.StartAsync(engine);
        foreach (var card in (string[])[TransactionsStandIn.ApprovedCard, TransactionsStandIn.DeclinedCard])
        {
            var request = await store.FillBasketAsync(card: card);
            var first = await store.Client.CheckoutAsync(request, cancellationToken: Token);
            var orders = store.Transactions.Orders.Count;
            var afterRestart = await store.AddCartAsync();

            var again = await afterRestart.Client.CheckoutAsync(request, cancellationToken: Token);

            Assert.Equal(first.ToByteArray(), again.ToByteArray());
            Assert.Equal(first.ToByteArray(), (await afterRestart.FindAnswerAsync(request)).ToByteArray());
            Assert.Equal(orders, store.Transactions.Orders.Count);
        }
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Checkout_key_of_another_checkout_is_refused_and_reveals_nothing(DatabaseDialect engine)
    {
        await using var store = await Store.StartAsync(engine);
        var request = await store.FillBasketAsync();
        await store.Client.CheckoutAsync(request, cancellationToken: Token);

        var otherTotal = request.Clone();
        otherTotal.ExpectedTotal.Cents++;
        await StatusAssert.FailsAsync(StatusCode.AlreadyExists, store.Client.CheckoutAsync(otherTotal, cancellationToken: Token));

        var otherVisitor = await store.FillBasketAsync();
        otherVisitor.IdempotencyKey = request.IdempotencyKey;
        var failure = await StatusAssert.FailsAsync(
            StatusCode.AlreadyExists, store.Client.CheckoutAsync(otherVisitor, cancellationToken: Token));
        Assert.DoesNotContain(store.Transactions.Orders[0].OrderId, failure.ToString());
        await StatusAssert.FailsAsync(StatusCode.NotFound, store.Client.GetSaleAsync(
            new GetSaleRequest { IdempotencyKey = request.IdempotencyKey, VisitorId = otherVisitor.VisitorId }, cancellationToken: Token));
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Checkout_same_key_from_ten_callers_of_two_processes_sells_once(DatabaseDialect engine)
    {
        await using var store = await Store.StartAsync(engine);
        var second = await store.AddCartAsync();
        var request = await store.FillBasketAsync(quantity: 3);

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(
            async caller => await (caller % 2 == 0 ? store.Client : second.Client).CheckoutAsync(request, cancellationToken: Token)));

        Assert.Single(answers.Select(answer => answer.ToByteString()).Distinct());
        Assert.Equal(SaleOutcome.Sold, answers[0].Outcome);
        Assert.Equal(1, store.Transactions.MoneyMoves(request.IdempotencyKey));
        Assert.Single(store.Transactions.Orders);
        await store.AssertConsistentAsync();
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Checkout_second_key_while_the_first_is_paid_is_refused(DatabaseDialect engine)
    {
        await using var store = await Store.StartAsync(engine);
        var request = await store.FillBasketAsync();
        var paying = new TaskCompletionSource();
        var pay = new TaskCompletionSource();
        store.Transactions.Interference.Before("Charge", () =>
        {
            paying.SetResult();
            return pay.Task;
        });
        var first = store.Client.CheckoutAsync(request, cancellationToken: Token);
        await paying.Task;

        await StatusAssert.FailsForReasonAsync(
            StatusCode.Aborted, "PAYMENT_UNDER_WAY", store.Client.CheckoutAsync(
                Store.NewCheckout(request.VisitorId, 1000), cancellationToken: Token));

        pay.SetResult();
        Assert.Equal(SaleOutcome.Sold, (await first).Outcome);
        Assert.Single(store.Transactions.Orders);
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Checkout_many_keys_for_one_basket_at_once_sell_it_once(DatabaseDialect engine)
    {
        await using var store = await Store.StartAsync(engine);
        var request = await store.FillBasketAsync();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 40).Select(async _ =>
        {
            try
            {
                return (await store.Client.CheckoutAsync(
                    Store.NewCheckout(request.VisitorId, 1000), cancellationToken: Token)).Outcome.ToString();
            }
            catch (RpcException exception)
            {
                return exception.StatusCode.ToString();
            }
        }));

        Assert.Single(outcomes, nameof(SaleOutcome.Sold));
        Assert.All(outcomes, outcome => Assert.Contains(
            outcome, (string[])[nameof(SaleOutcome.Sold), nameof(StatusCode.Aborted), nameof(StatusCode.FailedPrecondition)]));
        Assert.Single(store.Transactions.Orders);
        await store.AssertConsistentAsync();
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Checkout_two_hundred_callers_for_the_last_ten_copies_sell_ten(DatabaseDialect engine)
    {
        await using var store = await Store.StartAsync(engine);
        var requests = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => store.FillBasketAsync()));

        var outcomes = await Task.WhenAll(requests.Select(async request =>
            (await store.Client.CheckoutAsync(request, deadline: DateTime.UtcNow.AddMinutes(1), cancellationToken: Token)).Outcome));

        Assert.Equal(10, outcomes.Count(outcome => outcome == SaleOutcome.Sold));
        Assert.Equal(190, outcomes.Count(outcome => outcome == SaleOutcome.OutOfStock));
        Assert.Equal(0, store.Inventory.Available(1));
        await store.AssertConsistentAsync();
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Checkout_client_goes_away_while_it_is_charged_sells_all_the_same(DatabaseDialect engine)
    {
        await using var store = await Store.StartAsync(engine);
        var request = await store.FillBasketAsync();
        var charging = new TaskCompletionSource();
        var charge = new TaskCompletionSource();
        store.Transactions.Interference.Before("Charge", () =>
        {
            charging.SetResult();
            return charge.Task;
        });
        using var client = new CancellationTokenSource();
        var call = store.Client.CheckoutAsync(request, cancellationToken: client.Token);
        await charging.Task;

        await client.CancelAsync();
        await StatusAssert.FailsAsync(StatusCode.Cancelled, call);
        charge.SetResult();

        Assert.Equal(SaleOutcome.Sold, (await store.Client.CheckoutAsync(request, cancellationToken: Token)).Outcome);
        Assert.Equal(1, store.Transactions.MoneyMoves(request.IdempotencyKey));
        Assert.Equal(1, store.Transactions.Interference.Count("Charge"));
        await store.AssertConsistentAsync();
    }
}
