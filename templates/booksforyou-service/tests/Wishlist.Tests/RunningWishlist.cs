using BooksForYou.Contracts.Security.V1;
using BooksForYou.Contracts.Wishlist.V1;
using BooksForYou.ServiceKit.Hosting;
using BooksForYou.ServiceKit.Storage;
using BooksForYou.ServiceKit.Testing;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.Extensions.Logging;

namespace BooksForYou.Wishlist.Tests;

/// <summary>The service as its Program.cs runs it, on a free port, with a database of its own and a stand-in of Accounts.</summary>
internal sealed class RunningWishlist : IAsyncDisposable
{
    private readonly TestDatabase _database;
    private readonly ServiceApplication _application;
    private readonly GrpcChannel _channel;

    private RunningWishlist(TestDatabase database, ServiceApplication application, TestAccounts accounts, LogCollector log)
    {
        _database = database;
        _application = application;
        _channel = GrpcChannel.ForAddress(application.GrpcAddress);
        Client = new WishlistService.WishlistServiceClient(_channel);
        Accounts = accounts;
        Log = log;
    }

    public WishlistService.WishlistServiceClient Client { get; }

    public TestAccounts Accounts { get; }

    public LogCollector Log { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<RunningWishlist> StartAsync(DatabaseDialect engine, params string[] settings)
    {
        var accounts = await TestAccounts.SharedAsync();
        var database = await TestDatabase.CreateAsync(engine);
        var log = new LogCollector { Timeout = TimeSpan.FromMinutes(1) };
        var builder = ServiceApplication.CreateBuilder(
            ["--grpc-port", "0", "--metrics-port", "0", "--wishlist-database", database.ConnectionString, "--accounts-host", accounts.Host, .. settings]);
        builder.AddWishlist();
        builder.Logging.ClearProviders().AddProvider(log);
        var application = builder.Build();
        application.MapWishlist();
        await application.StartAsync(Token);
        return new RunningWishlist(database, application, accounts, log);
    }

    public Metadata As(string owner) => Accounts.Headers(Role.Customer, owner, "Ada");

    public async Task AddAsync(string owner, int bookId) => await Client.AddBookAsync(new AddBookRequest { BookId = bookId }, As(owner), cancellationToken: Token);

    public async Task RemoveAsync(string owner, int bookId) =>
        await Client.RemoveBookAsync(new RemoveBookRequest { BookId = bookId }, As(owner), cancellationToken: Token);

    public async Task<IReadOnlyList<int>> ListAsync(string owner) =>
        (await Client.ListBooksAsync(new ListBooksRequest(), As(owner), cancellationToken: Token)).BookIds;

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        await _application.DisposeAsync();
        await _database.DisposeAsync();
        Log.Dispose();
    }
}
