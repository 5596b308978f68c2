using BooksForYou.Cart.Sales;
using BooksForYou.Contracts.Cart.V1;
using BooksForYou.Contracts.Inventory.V1;
using BooksForYou.Contracts.Transactions.V1;
using BooksForYou.ServiceKit.Storage;
using BooksForYou.ServiceKit.Testing;
using Grpc.Core;
using V1 = BooksForYou.Contracts.Cart.V1;

namespace BooksForYou.Cart.Tests.Promotions;

/// <summary>The promotion of one customer, with Transactions and the payment gateway as they really are.</summary>
public sealed class RealTransactionsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Checkout_another_order_takes_the_promotion_first_charges_nothing_until_the_customer_agrees(DatabaseDialect engine)
    {
        await using var transactions = await RealTransactions.StartAsync(engine);
        Order? first = null;
        await using var store = await Store.StartAsync(
            engine,
            async (step, sale) =>
            {
                if (step == SaleStep.ChargeWritten && first is null)
                {
                    first = (await transactions.Client.ChargeAsync(ChargeWithPromotion(), cancellationToken: Token)).Order;
                }
            },
            options: ["--transactions-host", transactions.Address]);
        var request = await store.FillBasketOfAdaAsync();
        Assert.Equal(2000, request.ExpectedTotal.Cents);

        var told = await store.Cart.AdaClient.CheckoutAsync(request, cancellationToken: Token);

        Assert.Equal(new CheckoutResponse { Outcome = SaleOutcome.PromotionUsed, Total = new Money { Cents = 3000, Currency = "EUR" } }, told);
        Assert.Equal([first!], await transactions.ListOrdersAsync());
        Assert.Equal(0, await store.CountUnfinishedAsync());
        Assert.Equal((0, 10), (store.Inventory.Live, store.Inventory.Available(1)));

        var confirmed = await store.Cart.AdaClient.CheckoutAsync(Store.NewCheckout("", told.Total.Cents), cancellationToken: Token);
        Assert.Equal(SaleOutcome.Sold, confirmed.Outcome);

        // Cancelled, the first order gives it back.
        await store.FillBasketOfAdaAsync();
        Assert.Equal(3000, (await store.GetBasketAsync("")).Total.Cents);
        await transactions.Client.RefundAsync(new RefundRequest { OrderId = first!.OrderId }, cancellationToken: Token);
        Assert.Equal(2000, (await store.GetBasketAsync("")).Total.Cents);
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Checkout_from_ten_tabs_of_one_customer_uses_the_promotion_once(DatabaseDialect engine)
    {
        await using var transactions = await RealTransactions.StartAsync(engine);
        await using var store = await Store.StartAsync(engine, options: ["--transactions-host", transactions.Address]);
        var other = await store.AddCartAsync(options: ["--transactions-host", transactions.Address]);
        store.Inventory.Put(1, 1000, available: 100);

        var sold = await Task.WhenAll(Enumerable.Range(0, 10).Select(
            tab => Task.Run(() => BuyAsync((tab % 2 == 0 ? store.Cart : other).AdaClient), Token)));

        var orders = await transactions.ListOrdersAsync();
        Assert.Single(orders, order => order.BuyTwoGetOneFreePromo);
        Assert.All(orders, order => Assert.Equal(OrderState.Paid, order.State));
        Assert.Equal(sold.OfType<string>().Order(), orders.Select(order => order.OrderId).Order());
        Assert.Equal(30, orders.Sum(order => order.Lines.Sum(line => line.Quantity)));
        Assert.Equal(30_000 - 1000, orders.Sum(order => order.Total.Cents));
        Assert.Equal(70, store.Inventory.Available(1));
    }

    /// <summary>Puts three copies into the basket and pays what is in it, at whatever total the answer says that it has.</summary>
    /// <returns>The order; null when another tab was first and has bought everything.</returns>
    private static async Task<string?> BuyAsync(V1.CartService.CartServiceClient client)
    {
        await client.AddItemAsync(new AddItemRequest { BookId = 1, Quantity = 3 }, cancellationToken: Token);
        var total = 0L;
        while (true)
        {
            try
            {
                var answer = await client.CheckoutAsync(Store.NewCheckout("", total), cancellationToken: Token);
                if (answer.Outcome == SaleOutcome.Sold)
                {
                    return answer.OrderId;
                }

                Assert.Contains(answer.Outcome, (SaleOutcome[])[SaleOutcome.PriceRisen, SaleOutcome.PromotionUsed]);
                total = answer.Total.Cents;
            }
            catch (RpcException exception) when (exception.StatusCode == StatusCode.FailedPrecondition)
            {
                return null;
            }
            catch (RpcException exception) when (exception.StatusCode == StatusCode.Aborted)
            {
                // Another tab is paying.
                await Task.Delay(TimeSpan.FromMilliseconds(20), Token);
            }
        }
    }

    private static ChargeRequest ChargeWithPromotion()
    {
        var template = Store.NewCheckout("", 2000);
        return new ChargeRequest
        {
            IdempotencyKey = Store.NewToken(),
            Lines = { new OrderLine { BookId = 1, Title = "Book 1", Quantity = 3, UnitPriceCents = 1000 } },
            Discounts = { new OrderDiscount { PromotionId = "buy-two-get-one-free", Name = "Buy two", Reason = "One is free.", AmountCents = 1000 } },
            Total = template.ExpectedTotal,
            Card = template.Card,
            Address = template.Address,
            Email = template.Email,
            CustomerId = RunningCart.Ada.Subject,
            BuyTwoGetOneFreePromo = true,
        };
    }
}
