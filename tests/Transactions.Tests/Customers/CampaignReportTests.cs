using BooksForYou.Contracts.Transactions.V1;
using BooksForYou.ServiceKit.Storage;
using BooksForYou.ServiceKit.Testing;
using BooksForYou.Transactions.Orders;
using BooksForYou.Transactions.Reports;
using Dapper;
using Google.Protobuf.WellKnownTypes;
using OrderDiscount = BooksForYou.Transactions.Orders.OrderDiscount;

namespace BooksForYou.Transactions.Tests.Customers;

public class CampaignReportTests
{
    private static readonly DateTimeOffset First = new(2026, 2, 27, 0, 0, 0, TimeSpan.Zero);

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task GetCampaignReport_sums_are_those_of_the_paid_orders_day_by_day(DatabaseDialect engine)
    {
        await using var running = await RunningTransactions.StartAsync(engine);
        var sold = await PlaceAsync(running);

        var report = await running.Client.GetCampaignReportAsync(Request("summer", First, First.AddDays(5)));

        Assert.Equal("EUR", report.Currency);
        Assert.Equal(Enumerable.Range(0, 5).Select(day => First.AddDays(day)), report.Days.Select(day => day.Day.ToDateTimeOffset()));
        foreach (var day in report.Days)
        {
            var ofDay = sold.Where(order => order.Time.Date == day.Day.ToDateTime().Date).ToList();
            Assert.Equal(Recount(ofDay.Where(order => order.Off > 0)), day.WithPromotion);
            Assert.Equal(Recount(ofDay.Where(order => order.Off == 0)), day.WithoutPromotion);
        }

        var inside = sold.Where(order => order.Time >= First && order.Time < First.AddDays(5)).ToList();
        Assert.Equal(Recount(inside.Where(order => order.Off > 0)), report.WithPromotion);
        Assert.Equal(Recount(inside.Where(order => order.Off == 0)), report.WithoutPromotion);
        Assert.Equal(CampaignReports.Uplift(report.WithPromotion, report.WithoutPromotion), report.UpliftBasisPoints);
        Assert.NotEqual(0, report.UpliftBasisPoints);
    }

    [Theory]
    [InlineData(1, 1500, 1, 1000, 5000)]
    [InlineData(1, 500, 1, 1000, -5000)]
    [InlineData(3, 3001, 7, 7000, 3)]
    [InlineData(3, 2999, 7, 7000, -3)]
    [InlineData(0, 0, 1, 1000, 0)]
    [InlineData(1, 1000, 0, 0, 0)]
    [InlineData(2_000_000_000L, 9_000_000_000_000_000_000L, 1, 1, 44_999_999_990_000L)]
    public void Uplift_compares_the_average_orders(long orders, long revenue, long otherOrders, long otherRevenue, long expected) => Assert.Equal(
        expected,
        CampaignReports.Uplift(
            new OrderSums { Orders = orders, RevenueCents = revenue }, new OrderSums { Orders = otherOrders, RevenueCents = otherRevenue }));

    [Fact]
    public async Task GetCampaignReport_days_that_cannot_be_are_named()
    {
        await using var running = await RunningTransactions.StartAsync(DatabaseDialect.Sqlite);

        Assert.Equal(400, (await running.Client.GetCampaignReportAsync(Request("summer", First, First.AddDays(400)))).Days.Count);
        await StatusAssert.FailsForFieldsAsync(["until_time"], running.Client.GetCampaignReportAsync(Request("summer", First, First.AddDays(401))));
        await StatusAssert.FailsForFieldsAsync(["until_time"], running.Client.GetCampaignReportAsync(Request("summer", First, First)));
        await StatusAssert.FailsForFieldsAsync(
            ["promotion_id", "from_time"], running.Client.GetCampaignReportAsync(Request("", First.AddHours(1), First.AddDays(3))));
    }

    private static GetCampaignReportRequest Request(string promotionId, DateTimeOffset since, DateTimeOffset until) => new()
    {
        PromotionId = promotionId,
        FromTime = Timestamp.FromDateTimeOffset(since),
        UntilTime = Timestamp.FromDateTimeOffset(until),
    };

    private static OrderSums Recount(IEnumerable<(DateTimeOffset Time, long Total, long Off)> orders)
    {
        var all = orders.ToList();
        return new OrderSums { Orders = all.Count, RevenueCents = all.Sum(order => order.Total), DiscountCents = all.Sum(order => order.Off) };
    }

    // Every third order has the promotion, every fourth has another one, every fifth is not paid; the last moment of a day is among the times.
    private static async Task<List<(DateTimeOffset Time, long Total, long Off)>> PlaceAsync(RunningTransactions running)
    {
        var store = running.Get<ChargeStore>();
        var sold = new List<(DateTimeOffset, long, long)>();
        for (var number = 0; number < 40; number++)
        {
            var time = First.AddHours(-20 + (number * 4)).AddMilliseconds(number % 2 == 0 ? 0 : -1);
            var (off, total) = (number % 3 == 0 ? 100 + number : 0, 3000 + (number * 17));
            var charge = NewCharges.Create();
            var discounts = new List<OrderDiscount>();
            AddDiscount(discounts, "summer", off);
            AddDiscount(discounts, "winter", number % 4 == 0 ? 50 : 0);
            charge = charge with { Order = charge.Order with { CreatedAt = time, TotalCents = total, TaxCents = 0, Discounts = discounts } };
            await store.BeginAsync(charge, Guid.NewGuid(), DateTimeOffset.UtcNow.AddDays(1), TestContext.Current.CancellationToken);
            if (number % 5 != 0)
            {
                await running.Database.Database.StatementAsync((writer, _) =>
                    writer.ExecuteAsync("UPDATE orders SET state = 'PAID' WHERE order_id = @OrderId", new { charge.Order.OrderId }));
                sold.Add((time, total, off));
            }
        }

        return sold;
    }

    private static void AddDiscount(List<OrderDiscount> discounts, string promotionId, long cents)
    {
        if (cents > 0)
        {
            discounts.Add(new OrderDiscount { PromotionId = promotionId, Name = promotionId, Reason = "A reason.", AmountCents = cents });
        }
    }
}
