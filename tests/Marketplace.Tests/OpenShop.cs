using System.Net;
using System.Net.Sockets;
using BooksForYou.Accounts;
using BooksForYou.Cart;
using BooksForYou.Contracts.Accounts.V1;
using BooksForYou.Contracts.Cart.V1;
using BooksForYou.Contracts.Inventory.V1;
using BooksForYou.Inventory;
using BooksForYou.Marketplace;
using BooksForYou.Recommendations;
using BooksForYou.Reviews;
using BooksForYou.ServiceKit.Hosting;
using BooksForYou.ServiceKit.Security;
using BooksForYou.TestGateway;
using BooksForYou.Transactions;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BooksForYou.Marketplace.Tests;

/// <summary>A running shop on a port of its own. It also has the page <c>/broken</c>, which throws.</summary>
internal sealed class OpenShop : IAsyncDisposable
{
    // Browsers of all tests come from one address; and a busy machine is not an outage.
    private static readonly string[] Unhurried =
    [
        "--marketplace-recommendations-deadline", "00:00:10", "--marketplace-first-recommendations-deadline", "00:00:10",
        "--marketplace-catalogue-deadline", "00:00:10", "--marketplace-basket-deadline", "00:00:10", "--marketplace-checkout-deadline", "00:00:40",
        "--marketplace-person-deadline", "00:00:10", "--marketplace-account-deadline", "00:00:30", "--marketplace-sign-ins-per-minute", "100000",
        "--marketplace-reviews-deadline", "00:00:10", "--marketplace-admin-deadline", "00:00:30", "--marketplace-reviews-per-minute", "100000",
        "--accounts-tries-per-address", "100000", "--accounts-requests-per-address", "100000", "--accounts-password-iterations", "1000",
        "--cart-catalogue-timeout", "00:00:10", "--marketplace-searches-per-minute", "100000", "--marketplace-checkouts-per-minute", "100000",
    ];

    private static readonly Dictionary<string, Gate> NoGates = [];

    private readonly IReadOnlyDictionary<string, Gate> _gates;
    private readonly DirectoryInfo _data;
    private readonly GrpcChannel? _services;
    private readonly Bookseller? _bookseller;
    private IReadOnlyList<ServiceApplication> _processes;

    private OpenShop(
        DirectoryInfo data,
        IReadOnlyDictionary<string, Gate> gates,
        GrpcChannel? services,
        Bookseller? bookseller,
        params IReadOnlyList<ServiceApplication> processes)
    {
        _processes = processes;
        _bookseller = bookseller;
        _gates = gates;
        _data = data;
        _services = services;
    }

    /// <summary>Where its pages are.</summary>
    public Uri Address => _processes[^1].WebAddress!;

    /// <summary>The folder that receipts are written into.</summary>
    public string MailFolder => Path.Combine(_data.FullName, "mail");

    /// <summary>The catalogue, as a bookseller uses it.</summary>
    public InventoryService.InventoryServiceClient Inventory => new(_bookseller!.Calls);

    /// <summary>Baskets and sales, as a bookseller uses them.</summary>
    public CartService.CartServiceClient Cart => new(_bookseller!.Calls);

    /// <summary>Accounts, as the services of the shop use it.</summary>
    public AccountsService.AccountsServiceClient Accounts => new(_services!);

    /// <summary>Starts a shop with its services in the same process, on the catalogue that comes with them, and with all the time in the world.</summary>
    public static Task<OpenShop> StartAsync(params string[] settings) => StartAsync(log: null, settings);

    /// <summary>Starts a shop with its services in the same process, and has every line of its log written, of every level.</summary>
    public static async Task<OpenShop> StartAsync(ILoggerProvider? log, params string[] settings)
    {
        var data = Directory.CreateTempSubdirectory("booksforyou-");
        var process = await StartProcessAsync(data, hasServices: true, hasPages: true, ["--grpc-port", $"{UnusedPort()}", .. Unhurried, .. settings], log);
        var channel = GrpcChannel.ForAddress(process.GrpcAddress);
        return new OpenShop(data, NoGates, channel, await AppointAsync(channel, process, data), process);
    }

    /// <summary>Starts a shop that looks for its services where nobody is.</summary>
    public static async Task<OpenShop> StartWithoutServicesAsync(params string[] settings)
    {
        var nobody = $"127.0.0.1:{UnusedPort()}";
        var data = Directory.CreateTempSubdirectory("booksforyou-");
        string[] hosts = ["--recommendations-host", nobody, "--inventory-host", nobody, "--cart-host", nobody, "--transactions-host", nobody, "--accounts-host", nobody, "--reviews-host", nobody];
        return new OpenShop(data, NoGates, null, null, await StartProcessAsync(data, hasServices: false, hasPages: true, [.. hosts, .. settings]));
    }

    /// <summary>Starts a shop whose services are each behind a gate, for the pages and for one another.</summary>
    public static async Task<OpenShop> StartBehindGatesAsync(params string[] settings)
    {
        var data = Directory.CreateTempSubdirectory("booksforyou-");
        var port = UnusedPort();
        var gates = new[] { "recommendations", "inventory", "cart", "transactions", "accounts", "reviews" }.ToDictionary(name => name, _ => new Gate(port));
        string[] hosts = [.. gates.SelectMany(gate => new[] { $"--{gate.Key}-host", gate.Value.Host })];
        var services = await StartProcessAsync(data, hasServices: true, hasPages: false, ["--grpc-port", $"{port}", .. hosts]);
        var pages = await StartProcessAsync(data, hasServices: false, hasPages: true, [.. hosts, .. settings]);
        var channel = GrpcChannel.ForAddress(services.GrpcAddress);
        return new OpenShop(data, gates, channel, await AppointAsync(channel, services, data), services, pages);
    }

    /// <summary>Stops the only process, and starts another one on the same data.</summary>
    public async Task RestartAsync()
    {
        var port = _processes[0].GrpcAddress.Port;
        await _processes[0].DisposeAsync();
        _processes = [await StartProcessAsync(_data, hasServices: true, hasPages: true, ["--grpc-port", $"{port}", .. Unhurried])];
    }

    /// <summary>The headers with which a service of the shop calls.</summary>
    public ValueTask<Metadata> ServiceHeadersAsync() =>
        _processes[0].Services.GetRequiredService<ServiceTokens>().HeadersAsync(TestContext.Current.CancellationToken);

    /// <summary>Whether the pages know the beginning of every shelf.</summary>
    public bool RemembersShelves => _processes[^1].Services.GetRequiredService<BookCatalogue>().RemembersShelves;

    /// <summary>The gate before a service.</summary>
    public Gate GateOf(string service) => _gates[service];

    /// <summary>Puts a book into the catalogue.</summary>
    public async Task<Book> AddBookAsync(string title, int quantity, long cents = 1899, bool outOfPrint = false, string author = "Ada Quill")
    {
        var book = new Book
        {
            Title = title,
            Author = author,
            Category = BookCategory.Mystery,
            Year = 1911,
            Isbn = "",
            Description = "A lamp is lit every night on a rock where nobody lives, and one night it is not.",
            Price = new Money { Cents = cents, Currency = "EUR" },
            OutOfPrint = outOfPrint,
        };
        var request = new AddBookRequest { IdempotencyKey = Guid.NewGuid().ToString(), Book = book, InitialQuantity = quantity };
        return (await Inventory.AddBookAsync(request)).Book;
    }

    /// <summary>Cancels an order, as a bookseller does.</summary>
    public async Task CancelAsync(string orderId) => await Cart.CancelOrderAsync(new CancelOrderRequest { OrderId = orderId });

    public async ValueTask DisposeAsync()
    {
        if (_bookseller is not null)
        {
            await _bookseller.DisposeAsync();
        }

        _services?.Dispose();
        foreach (var process in Enumerable.Reverse(_processes))
        {
            await process.DisposeAsync();
        }

        foreach (var gate in _gates.Values)
        {
            await gate.DisposeAsync();
        }

        _data.Delete(recursive: true);
    }

    private static Task<Bookseller> AppointAsync(GrpcChannel channel, ServiceApplication process, DirectoryInfo data) =>
        Bookseller.AppointAsync(channel, process.Services.GetRequiredService<ServiceTokens>, "--data-dir", data.FullName);

    private static async Task<ServiceApplication> StartProcessAsync(DirectoryInfo data, bool hasServices, bool hasPages, string[] settings, ILoggerProvider? log = null)
    {
        string[] gateway = hasServices ? ["--test-gateway-port", "0"] : [];
        string[] web = hasPages ? ["--http-port", "0"] : [];
        var builder = ServiceApplication.CreateBuilder(["--metrics-port", "0", "--data-dir", data.FullName, .. web, .. gateway, .. settings]);
        builder.Logging.ClearProviders();
        if (log is not null)
        {
            builder.Logging.AddProvider(log).SetMinimumLevel(LogLevel.Trace).AddFilter(_ => true);
        }

        if (hasServices)
        {
            builder.AddAccounts();
            builder.AddInventory();
            builder.AddRecommendations();
            builder.AddTestGateway();
            builder.AddTransactions();
            builder.AddCart();
            builder.AddReviews();
        }

        if (hasPages)
        {
            builder.AddMarketplace();
        }

        var app = builder.Build();
        if (hasServices)
        {
            app.MapAccounts();
            app.MapInventory();
            app.MapRecommendations();
            app.MapTransactions();
            app.MapCart();
            app.MapReviews();
        }

        if (hasPages)
        {
            app.MapMarketplace();
            app.MapWeb(web => web.MapGet("/broken", string () => throw new InvalidOperationException("a secret of the house")));
        }

        await app.StartAsync();
        return app;
    }

    private static int UnusedPort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
