using BooksForYou.Contracts.Security.V1;
using BooksForYou.Contracts.Transactions.V1;
using BooksForYou.ServiceKit.Errors;
using BooksForYou.ServiceKit.Storage;
using BooksForYou.ServiceKit.Testing;
using BooksForYou.TestGateway;
using Google.Rpc;
using Grpc.Core;

namespace BooksForYou.Transactions.Tests.Customers;

public class PromotionTests
{
    private const string Ada = "account:ada";

    private static readonly string[] Impatient = ["--transactions-charge-timeout", "00:00:01"];

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Charge_promotion_of_one_customer_from_ten_checkouts_at_once_is_used_once(DatabaseDialect engine)
    {
        await using var running = await RunningTransactions.StartAsync(engine, replicas: 2);
        var requests = Enumerable.Range(0, 10).Select(_ => WithPromotion()).ToList();

        var outcomes = await Task.WhenAll(requests.Select((request, index) => TryAsync(running.Clients[index % 2], request)));

        Assert.Single(outcomes, "Paid");
        Assert.Equal(9, outcomes.Count(outcome => outcome == "PROMOTION_USED"));

        // The others have written nothing and charged nothing, and their keys are free.
        Assert.Equal(1, await running.CountAsync("SELECT COUNT(*) FROM charge"));
        Assert.Single(await running.LedgerAsync());
        var loser = requests[Array.IndexOf(outcomes, "PROMOTION_USED")];
        var confirmed = Requests.Charge(loser.IdempotencyKey);
        confirmed.CustomerId = Ada;
        Assert.Equal("Paid", await TryAsync(running.Client, confirmed));
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Charge_order_keeps_what_the_promotion_took_off(DatabaseDialect engine)
    {
        await using var running = await RunningTransactions.StartAsync(engine);
        var request = WithPromotion();

        var paid = (await running.Client.ChargeAsync(request)).Order;
        var again = (await running.Client.GetChargeAsync(new GetChargeRequest { IdempotencyKey = request.IdempotencyKey })).Order;

        Assert.Equal(paid, again);
        Assert.Equal(request.Discounts, paid.Discounts);
        Assert.Equal(2500, paid.Total.Cents);
        Assert.True(paid.BuyTwoGetOneFreePromo);
        Assert.Equal(Ada, paid.CustomerId);
        Assert.Equal(1, await running.CountAsync("SELECT COUNT(*) FROM orders WHERE buy_two_get_one_free_promo"));
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Charge_promotion_of_a_declined_or_cancelled_order_can_be_used_again(DatabaseDialect engine)
    {
        await using var running = await RunningTransactions.StartAsync(engine);

        Assert.Equal("Declined", await TryAsync(running.Client, WithPromotion(TestCardScenario.Declined)));
        Assert.Empty(await UsesAsync(running));
        var paid = (await running.Client.ChargeAsync(WithPromotion())).Order;
        Assert.Equal([Ada], await UsesAsync(running));
        Assert.Equal("PROMOTION_USED", await TryAsync(running.Client, WithPromotion()));

        await running.Client.RefundAsync(new RefundRequest { OrderId = paid.OrderId });

        Assert.Empty(await UsesAsync(running));
        Assert.Equal("Paid", await TryAsync(running.Client, WithPromotion()));
        Assert.Equal(2, await running.CountAsync("SELECT COUNT(*) FROM orders WHERE buy_two_get_one_free_promo AND state <> 'DECLINED'"));
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Charge_promotion_is_taken_while_the_payment_of_another_order_is_open(DatabaseDialect engine)
    {
        await using var running = await RunningTransactions.StartAsync(engine, 1, Impatient);
        running.Network.Before = (_, _) => Task.FromResult(false);
        var open = WithPromotion();
        Assert.Equal(nameof(StatusCode.Unavailable), await TryAsync(running.Client, open));

        Assert.Equal("PROMOTION_USED", await TryAsync(running.Client, WithPromotion()));

        // The payment is given up, and with it the use.
        running.Network.Before = (_, _) => Task.FromResult(true);
        await running.UntilAsync(open.IdempotencyKey, OrderState.Declined);
        Assert.Equal("Paid", await TryAsync(running.Client, WithPromotion()));
    }

    [Fact]
    public async Task ListPromotionUses_customer_asks_about_somebody_else_is_denied()
    {
        await using var running = await RunningTransactions.StartAsync(DatabaseDialect.Sqlite);
        var accounts = await TestAccounts.SharedAsync();
        await running.Client.ChargeAsync(WithPromotion());
        var aboutAda = new ListPromotionUsesRequest { CustomerIds = { Ada } };

        var own = await running.Client.ListPromotionUsesAsync(new ListPromotionUsesRequest(), accounts.Headers(Role.Customer, Ada));
        Assert.Equal([Ada], own.CustomerIds);
        Assert.Equal([Ada], (await running.Client.ListPromotionUsesAsync(aboutAda, accounts.Headers(Role.Admin, "account:boss"))).CustomerIds);
        await StatusAssert.FailsAsync(
            StatusCode.PermissionDenied, running.Client.ListPromotionUsesAsync(aboutAda, accounts.Headers(Role.Customer, "account:bob")));
    }

    private static ChargeRequest WithPromotion(TestCardScenario scenario = TestCardScenario.Approved)
    {
        var request = Requests.Charge(scenario: scenario);
        request.CustomerId = Ada;
        request.BuyTwoGetOneFreePromo = true;
        request.Discounts.Add(new OrderDiscount
        {
            PromotionId = "buy-two-get-one-free",
            Name = "Buy two, get one free",
            Reason = "Your cheapest book is free.",
            AmountCents = 999,
        });
        request.Total.Cents -= 999;
        return request;
    }

    private static async Task<string> TryAsync(TransactionsService.TransactionsServiceClient client, ChargeRequest request)
    {
        try
        {
            return (await client.ChargeAsync(request)).Order.State.ToString();
        }
        catch (RpcException exception)
        {
            return exception.GetDetail<ErrorInfo>()?.Type ?? exception.StatusCode.ToString();
        }
    }

    private static async Task<IEnumerable<string>> UsesAsync(RunningTransactions running) =>
        (await running.Client.ListPromotionUsesAsync(new ListPromotionUsesRequest { CustomerIds = { Ada, "account:bob" } })).CustomerIds;
}
