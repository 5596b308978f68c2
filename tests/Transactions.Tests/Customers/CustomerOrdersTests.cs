using BooksForYou.Contracts.Accounts.V1;
using BooksForYou.Contracts.Security.V1;
using BooksForYou.Contracts.Transactions.V1;
using BooksForYou.ServiceKit.Storage;
using BooksForYou.ServiceKit.Testing;
using Grpc.Core;

namespace BooksForYou.Transactions.Tests.Customers;

public class CustomerOrdersTests
{
    private const string Ada = "account:ada";
    private const string Bob = "account:bob";

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task GetOrder_of_a_customer_is_shown_to_the_customer_admins_and_services_only(DatabaseDialect engine)
    {
        await using var running = await RunningTransactions.StartAsync(engine);
        var guests = await PlaceAsync(running, customerId: "");
        var adas = await PlaceAsync(running, Ada);

        foreach (var (role, subject, seesAdas) in new[]
        {
            (Role.Visitor, "a-visitor-of-22-letters", false),
            (Role.Customer, Ada, true),
            (Role.Customer, Bob, false),
            (Role.Admin, "account:boss", true),
            (Role.Service, "service:Cart", true),
        })
        {
            var headers = (await TestAccounts.SharedAsync()).Headers(role, subject);
            Assert.Equal(guests, (await running.Client.GetOrderAsync(new GetOrderRequest { OrderId = guests.OrderId }, headers)).Order);
            var call = running.Client.GetOrderAsync(new GetOrderRequest { OrderId = adas.OrderId }, headers);
            if (seesAdas)
            {
                Assert.Equal(adas, (await call).Order);
            }
            else
            {
                await StatusAssert.FailsAsync(StatusCode.NotFound, call);
            }
        }
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task ListMyOrders_gives_the_callers_orders_page_by_page(DatabaseDialect engine)
    {
        await using var running = await RunningTransactions.StartAsync(engine);
        var adas = new List<Order>();
        foreach (var customer in (string[])[Ada, Bob, Ada, "", Ada])
        {
            var order = await PlaceAsync(running, customer);
            if (customer == Ada)
            {
                adas.Insert(0, order);
            }
        }

        var headers = (await TestAccounts.SharedAsync()).Headers(Role.Customer, Ada);
        var first = await running.Client.ListMyOrdersAsync(new ListMyOrdersRequest { PageSize = 2 }, headers);
        var second = await running.Client.ListMyOrdersAsync(new ListMyOrdersRequest { PageSize = 2, PageToken = first.NextPageToken }, headers);

        Assert.Equal(adas, first.Orders.Concat(second.Orders));
        Assert.Equal(2, first.Orders.Count);
        Assert.Equal("", second.NextPageToken);
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task ClaimOrders_confirmed_address_takes_the_guests_orders_of_it(DatabaseDialect engine)
    {
        await using var accounts = await AccountsStandIn.StartAsync();
        await using var running = await RunningTransactions.StartAsync(engine, 1, "--accounts-host", accounts.Host);
        await PlaceAsync(running, customerId: "");
        await PlaceAsync(running, customerId: "", email: "somebody.else@reader.example");
        await PlaceAsync(running, Bob);
        var headers = (await TestAccounts.SharedAsync()).Headers(Role.Customer, Ada);
        accounts.Contacts[Ada] = new GetContactResponse { Email = "ADA.Lovelace@Reader.example", EmailConfirmed = false };

        await StatusAssert.FailsAsync(StatusCode.FailedPrecondition, running.Client.ClaimOrdersAsync(new ClaimOrdersRequest(), headers));
        accounts.Contacts[Ada].EmailConfirmed = true;

        Assert.Equal(1, (await running.Client.ClaimOrdersAsync(new ClaimOrdersRequest(), headers)).Claimed);
        Assert.Equal(0, (await running.Client.ClaimOrdersAsync(new ClaimOrdersRequest(), headers)).Claimed);
        var order = Assert.Single((await running.Client.ListMyOrdersAsync(new ListMyOrdersRequest(), headers)).Orders);
        Assert.Equal(Requests.Email, order.Email);
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task ListBoughtBooks_gives_books_of_paid_orders_of_the_customer(DatabaseDialect engine)
    {
        await using var running = await RunningTransactions.StartAsync(engine);
        await PlaceAsync(running, Bob);
        var paid = await PlaceAsync(running, Ada);
        var request = new ListBoughtBooksRequest { CustomerId = Ada, BookIds = { 12, 7, 99 } };

        Assert.Equal([7, 12], (await running.Client.ListBoughtBooksAsync(request)).BookIds);
        await running.Client.RefundAsync(new RefundRequest { OrderId = paid.OrderId });
        Assert.Empty((await running.Client.ListBoughtBooksAsync(request)).BookIds);
    }

    private static async Task<Order> PlaceAsync(RunningTransactions running, string customerId, string email = Requests.Email)
    {
        var request = Requests.Charge();
        request.CustomerId = customerId;
        request.Email = email;
        return (await running.Client.ChargeAsync(request)).Order;
    }
}
