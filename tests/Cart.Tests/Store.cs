using System.Buffers.Text;
using System.Security.Cryptography;
using BooksForYou.Cart.Sales;
using BooksForYou.Cart.Tests.StandIns;
using BooksForYou.Contracts.Cart.V1;
using BooksForYou.Contracts.Inventory.V1;
using BooksForYou.Contracts.Transactions.V1;
using BooksForYou.ServiceKit.Storage;
using BooksForYou.ServiceKit.Testing;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using V1 = BooksForYou.Contracts.Cart.V1;

namespace BooksForYou.Cart.Tests;

/// <summary>A database, the stand-ins, and as many processes of Cart as a test wants, all by one clock.</summary>
internal sealed class Store : IAsyncDisposable
{
    public static readonly TimeSpan LeaseTime = new CartOptions().Lease;

    private readonly List<RunningCart> _carts = [];

    private Store(TestDatabase database, Peers peers)
    {
        Database = database;
        Peers = peers;
    }

    public TestDatabase Database { get; }

    public Peers Peers { get; }

    public InventoryStandIn Inventory => Peers.Inventory;

    public TransactionsStandIn Transactions => Peers.Transactions;

    public ManualTime Time { get; } = new();

    /// <summary>The first process.</summary>
    public RunningCart Cart => _carts[0];

    public V1.CartService.CartServiceClient Client => Cart.Client;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Starts a store with books 1, 2 and 3, of which there are ten copies each, at 10.00, 20.00 and 30.00.</summary>
    public static async Task<Store> StartAsync(
        DatabaseDialect engine, SaleProbe? probe = null, LogLevel logLevel = LogLevel.Information, params string[] options)
    {
        var store = new Store(await TestDatabase.CreateAsync(engine), await Peers.StartAsync());
        foreach (var bookId in (int[])[1, 2, 3])
        {
            store.Inventory.Put(bookId, bookId * 1000, available: 10);
        }

        await store.AddCartAsync(probe, logLevel, options);
        return store;
    }

    /// <summary>A new id of a visitor, or idempotency key.</summary>
    public static string NewToken() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));

    /// <summary>Starts one more process on the same database.</summary>
    public async Task<RunningCart> AddCartAsync(SaleProbe? probe = null, LogLevel logLevel = LogLevel.Information, params string[] options)
    {
        var cart = await RunningCart.StartAsync(Database.ConnectionString, Peers.Address, Time, probe, logLevel, options);
        _carts.Add(cart);
        return cart;
    }

    /// <summary>Fills a new basket with copies of book 1 and gives the checkout that buys it.</summary>
    public async Task<CheckoutRequest> FillBasketAsync(int quantity = 1, string card = TransactionsStandIn.ApprovedCard)
    {
        var visitor = NewToken();
        await Client.AddItemAsync(new AddItemRequest { VisitorId = visitor, BookId = 1, Quantity = quantity }, cancellationToken: Token);
        return NewCheckout(visitor, 1000 * quantity, card);
    }

    /// <summary>Fills Ada's basket with copies of book 1, and gives the checkout that buys them at the total of now.</summary>
    public async Task<CheckoutRequest> FillBasketOfAdaAsync(int quantity = 3, string card = TransactionsStandIn.ApprovedCard)
    {
        await Cart.AdaClient.AddItemAsync(new AddItemRequest { BookId = 1, Quantity = quantity }, cancellationToken: Token);
        return NewCheckout("", (await GetBasketAsync("")).Total.Cents, card);
    }

    public static CheckoutRequest NewCheckout(string visitor, long expectedCents, string card = TransactionsStandIn.ApprovedCard) => new()
    {
        IdempotencyKey = NewToken(),
        VisitorId = visitor,
        ExpectedTotal = new Money { Cents = expectedCents, Currency = "EUR" },
        Card = new Card { Number = card, ExpiryMonth = 12, ExpiryYear = 2040, SecurityCode = "737", Holder = "Ada Lovelace" },
        Address = new Address
        {
            Name = "Ada Lovelace",
            Street = "12 St James's Square",
            PostalCode = "SW1Y 4JH",
            City = "London",
            Country = "GB",
        },
        Email = "ada@example.com",
    };

    /// <summary>The basket of a visitor, or else Ada's.</summary>
    public async Task<Basket> GetBasketAsync(string visitor)
    {
        var client = visitor.Length == 0 ? Cart.AdaClient : Client;
        var response = await client.GetBasketAsync(new GetBasketRequest { VisitorId = visitor }, cancellationToken: Token);
        return response.Basket;
    }

    /// <summary>The row of a sale.</summary>
    public Task<Sale?> FindSaleAsync(string key) => Cart.Services.GetRequiredService<SaleStore>().FindAsync(key, Token);

    /// <summary>How many sales are not over.</summary>
    public async Task<long> CountUnfinishedAsync()
    {
        await using var connection = await Database.Database.OpenConnectionAsync(Token);
        return await connection.ExecuteScalarAsync<long>("SELECT count(*) FROM sale WHERE state <> 'Done'");
    }

    /// <summary>Checks what must hold when no sale is under way: no copies are held, and as many are gone as the paid orders say.</summary>
    public async Task AssertConsistentAsync(int initial = 10)
    {
        Assert.Equal(0, await CountUnfinishedAsync());
        Assert.Equal(0, Inventory.Live);
        var sold = Transactions.Orders.Where(order => order.State == OrderState.Paid).SelectMany(order => order.Lines);
        Assert.Equal(initial, Inventory.Available(1) + sold.Where(line => line.BookId == 1).Sum(line => line.Quantity));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var cart in _carts)
        {
            await cart.DisposeAsync();
        }

        await Peers.DisposeAsync();
        await Database.DisposeAsync();
    }
}
