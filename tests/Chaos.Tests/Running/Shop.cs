using System.Security.Cryptography;
using BooksForYou.Contracts.Accounts.V1;
using BooksForYou.Contracts.Cart.V1;
using BooksForYou.Contracts.Inventory.V1;
using BooksForYou.ServiceKit.Testing;
using BooksForYou.TestGateway;
using Grpc.Core;
using Grpc.Net.Client;

namespace BooksForYou.Chaos.Tests.Running;

/// <summary>
/// The services that sell, each a process with a database of its own on a real PostgreSQL server, with the test gateway and a mail server
/// beside them.
/// </summary>
internal sealed class Shop : IAsyncDisposable
{
    private readonly string _folder;
    private readonly int _accountsPort = FreePort.Next();
    private readonly string _serviceSecret = RandomNumberGenerator.GetHexString(64);
    private readonly PostgresServer _postgres;
    private readonly List<GrpcChannel> _channels = [];
    private InventoryService.InventoryServiceClient? _inventory;

    private Shop(PostgresServer postgres, MailServer mail, string folder)
    {
        (_postgres, Mail, _folder) = (postgres, mail, folder);
    }

    public required string AccountsDatabase { get; init; }

    public required string CartDatabase { get; init; }

    public required string InventoryDatabase { get; init; }

    public required string TransactionsDatabase { get; init; }

    public MailServer Mail { get; }

    /// <summary>Every process that may be killed.</summary>
    public List<ServiceProcess> Processes { get; } = [];

    /// <summary>A client of each replica of Cart.</summary>
    public List<CartService.CartServiceClient> Carts { get; } = [];

    /// <summary>Gives everybody their tokens.</summary>
    public Doorkeeper Door { get; private set; } = null!;

    public Uri GatewayAddress { get; private set; } = null!;

    public string GatewayLedger => Path.Combine(_folder, "test-gateway.jsonl");

    /// <summary>Starts everything, and puts the books on the shelf.</summary>
    public static async Task<Shop> StartAsync(int cartReplicas, IReadOnlyList<ShelfBook> books)
    {
        var postgres = await PostgresServer.SharedAsync();
        var shop = new Shop(postgres, await MailServer.StartAsync(), Directory.CreateTempSubdirectory("booksforyou-chaos-").FullName)
        {
            AccountsDatabase = await postgres.CreateDatabaseAsync(),
            CartDatabase = await postgres.CreateDatabaseAsync(),
            InventoryDatabase = await postgres.CreateDatabaseAsync(),
            TransactionsDatabase = await postgres.CreateDatabaseAsync(),
        };
        try
        {
            shop.AddProcesses(cartReplicas);
            shop.Processes.ForEach(process => process.Start());
            await Task.WhenAll(shop.Processes.Select(process => process.ServesAsync()));
            await shop.MakeAdminAsync();
            await shop.FillShelfAsync(books);
            return shop;
        }
        catch
        {
            await shop.DisposeAsync();
            throw;
        }
    }

    /// <summary>Writes what each process has logged into a file, for whoever wants to know why a run failed.</summary>
    public void KeepLogs(string folder) =>
        Processes.ForEach(process => File.WriteAllText(Path.Combine(folder, $"{process.Name}.log"), process.Output));

    /// <summary>How many copies of each book Inventory says can be bought.</summary>
    public async Task<IReadOnlyDictionary<int, int>> ReadAvailableAsync()
    {
        var request = new BatchGetBooksRequest { BookIds = { ShelfBook.All.Select(book => book.BookId) } };
        var response = await _inventory!.BatchGetBooksAsync(request, deadline: DateTime.UtcNow.AddSeconds(20));
        return response.Books.ToDictionary(book => book.BookId, book => book.Available);
    }

    public async ValueTask DisposeAsync()
    {
        _channels.ForEach(channel => channel.Dispose());
        foreach (var process in Processes)
        {
            await process.DisposeAsync();
        }

        await Mail.DisposeAsync();
        foreach (var database in new[] { AccountsDatabase, CartDatabase, InventoryDatabase, TransactionsDatabase })
        {
            await _postgres.DropDatabaseAsync(database);
        }

        Directory.Delete(_folder, recursive: true);
    }

    private void AddProcesses(int cartReplicas)
    {
        var (inventory, transactions) = (FreePort.Next(), FreePort.Next());
        AddGateway();
        AddAccounts();
        AddService("Inventory", "Inventory", inventory, InventoryDatabase, "--inventory-seed", "false");

        // A receipt whose sender was killed is due again after the lease; a test does not wait half a minute for that.
        AddService(
            "Transactions", "Transactions", transactions, TransactionsDatabase,
            "--payment-gateway-url", GatewayAddress.ToString(), "--transactions-receipt-lease-time", "00:00:10",
            "--smtp-host", "localhost", "--smtp-port", $"{Mail.Port}", "--smtp-tls", "none", "--mail-from", "shop@shop.example");

        // What has just been started answers slowly on a busy machine.
        for (var replica = 1; replica <= cartReplicas; replica++)
        {
            var port = FreePort.Next();
            AddService(
                cartReplicas == 1 ? "Cart" : $"Cart {replica}", "Cart", port, CartDatabase,
                "--inventory-host", $"localhost:{inventory}", "--transactions-host", $"localhost:{transactions}",
                "--cart-catalogue-timeout", "00:00:05");
            Carts.Add(new CartService.CartServiceClient(Connect($"http://localhost:{port}")));
        }

        _inventory = new InventoryService.InventoryServiceClient(Connect($"http://localhost:{inventory}"));
    }

    private void AddGateway()
    {
        GatewayAddress = new Uri($"http://localhost:{FreePort.Next()}");
        Processes.Add(new ServiceProcess(
            "Gateway", "TestGateway", "listens on", ["--test-gateway-port", $"{GatewayAddress.Port}", "--data-dir", _folder]));
    }

    // Its mails go to a folder: the mail server is for receipts, which are counted.
    private void AddAccounts()
    {
        AddService("Accounts", "Accounts", _accountsPort, AccountsDatabase);
        var client = new AccountsService.AccountsServiceClient(Connect($"http://localhost:{_accountsPort}"));
        Door = new Doorkeeper(client, _serviceSecret);
    }

    // As a bookseller does it: with a command, while the shop is open.
    private async Task MakeAdminAsync()
    {
        await Door.MemberAsync(Doorkeeper.Admin, CancellationToken.None);
        await using var command = ProgramRun.Start(
            "dotnet", [Repository.ProgramOf("Accounts"), "make-admin", Doorkeeper.EmailOf(Doorkeeper.Admin), "--accounts-database", AccountsDatabase]);
        Assert.Equal(0, await command.WaitForExitAsync());
        Door.ForgetAdmin();
    }

    private void AddService(string name, string project, int port, string database, params string[] settings) =>
        Processes.Add(new ServiceProcess(name, project, "Serving: ",
        [
            "--grpc-port", $"{port}", "--metrics-port", "0", $"--{project.ToLowerInvariant()}-database", $"{database};Maximum Pool Size=40",
            "--data-dir", Path.Combine(_folder, name), "--accounts-host", $"localhost:{_accountsPort}", "--service-secret", _serviceSecret, .. settings,
        ]));

    // A client that is patient with itself: whoever was killed may be back in a moment.
    private GrpcChannel Connect(string address)
    {
        var channel = GrpcChannel.ForAddress(address, new GrpcChannelOptions
        {
            InitialReconnectBackoff = TimeSpan.FromMilliseconds(100),
            MaxReconnectBackoff = TimeSpan.FromMilliseconds(500),
        });
        _channels.Add(channel);
        return channel;
    }

    private async Task FillShelfAsync(IReadOnlyList<ShelfBook> books)
    {
        var admin = await Door.MemberAsync(Doorkeeper.Admin, CancellationToken.None);
        foreach (var book in books)
        {
            var request = new AddBookRequest
            {
                IdempotencyKey = $"shelf-{book.BookId}",
                Book = new Book
                {
                    Title = $"Volume {book.BookId}",
                    Author = "An Author",
                    Category = BookCategory.Fiction,
                    Price = new Money { Cents = book.PriceCents, Currency = "EUR" },
                },
                InitialQuantity = book.Copies,
            };
            var added = await _inventory!.AddBookAsync(request, new CallOptions(admin, DateTime.UtcNow.AddMinutes(1)).WithWaitForReady());
            Assert.Equal(book.BookId, added.Book.BookId);
        }
    }
}
