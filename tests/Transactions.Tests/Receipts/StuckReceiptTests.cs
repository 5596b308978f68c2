using BooksForYou.Contracts.Transactions.V1;
using BooksForYou.ServiceKit.Storage;
using BooksForYou.ServiceKit.Testing;
using Dapper;
using Grpc.Core;

namespace BooksForYou.Transactions.Tests.Receipts;

public class StuckReceiptTests
{
    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task RetryReceipt_given_up_receipts_are_listed_and_sent_again(DatabaseDialect engine)
    {
        await using var running = await RunningTransactions.StartAsync(engine);
        var orders = new List<Order>();
        for (var number = 0; number < 3; number++)
        {
            orders.Insert(0, (await running.Client.ChargeAsync(Requests.Charge())).Order);
        }

        await UntilAsync(running, "SENT", 3);
        await running.Database.Database.StatementAsync((connection, _) => connection.ExecuteAsync(
            "UPDATE receipt SET state = 'DEAD', attempts = 100, last_error = '550 5.1.1'"));

        var first = await running.Client.ListStuckReceiptsAsync(new ListStuckReceiptsRequest { PageSize = 2 });
        var second = await running.Client.ListStuckReceiptsAsync(new ListStuckReceiptsRequest { PageSize = 2, PageToken = first.NextPageToken });
        var stuck = first.Receipts.Concat(second.Receipts).ToList();
        Assert.Equal(orders.Select(order => order.OrderId), stuck.Select(receipt => receipt.OrderId));
        Assert.All(stuck, receipt => Assert.Equal((100, "550 5.1.1"), (receipt.Attempts, receipt.LastError)));

        await running.Client.RetryReceiptAsync(new RetryReceiptRequest { ReceiptId = stuck[1].ReceiptId });
        await UntilAsync(running, "SENT", 1);
        await running.Client.RetryReceiptAsync(new RetryReceiptRequest { ReceiptId = stuck[1].ReceiptId });

        Assert.Equal(1, await running.CountAsync("SELECT COUNT(*) FROM receipt WHERE state = 'SENT'"));
        await StatusAssert.FailsAsync(StatusCode.NotFound, running.Client.RetryReceiptAsync(new RetryReceiptRequest { ReceiptId = "none" }));
    }

    [Fact]
    public async Task Receipt_of_an_order_with_a_promotion_says_what_was_taken_off()
    {
        await using var running = await RunningTransactions.StartAsync(DatabaseDialect.Sqlite);
        var request = Requests.Charge();
        request.Discounts.Add(new OrderDiscount { PromotionId = "summer", Name = "Summer <2026>", Reason = "10 % off.", AmountCents = 99 });
        request.Total.Cents -= 99;
        await running.Client.ChargeAsync(request);
        await UntilAsync(running, "SENT", 1);

        var mail = MimeReader.Read(await File.ReadAllTextAsync(Assert.Single(Directory.GetFiles(Path.Combine(running.Folder, "mail"), "*.eml"))));

        Assert.Contains("Summer <2026>: -0.99 EUR\n    10 % off.\n", mail.Text, StringComparison.Ordinal);
        Assert.Contains("Summer &lt;2026&gt;: 10 % off.", mail.Html, StringComparison.Ordinal);
        Assert.Contains("Total: 34.00 EUR", mail.Text, StringComparison.Ordinal);
    }

    private static async Task UntilAsync(RunningTransactions running, string state, long count)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (await running.CountAsync($"SELECT COUNT(*) FROM receipt WHERE state = '{state}'") != count)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), limit.Token);
        }
    }
}
