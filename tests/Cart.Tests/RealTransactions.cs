using BooksForYou.Contracts.Transactions.V1;
using BooksForYou.ServiceKit.Hosting;
using BooksForYou.ServiceKit.Storage;
using BooksForYou.ServiceKit.Testing;
using BooksForYou.TestGateway;
using BooksForYou.Transactions;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using Microsoft.Extensions.Logging;

namespace BooksForYou.Cart.Tests;

/// <summary>Transactions as its Program.cs runs it, on a free port, with a database and a test gateway of its own.</summary>
internal sealed class RealTransactions : IAsyncDisposable
{
    private readonly TestDatabase _database;
    private readonly TestGatewayServer _gateway;
    private readonly ServiceApplication _application;
    private readonly GrpcChannel _channel;
    private readonly string _folder;

    private RealTransactions(TestDatabase database, TestGatewayServer gateway, ServiceApplication application, TestAccounts accounts, string folder)
    {
        _database = database;
        _gateway = gateway;
        _application = application;
        _folder = folder;
        _channel = GrpcChannel.ForAddress(application.GrpcAddress);
        Client = new TransactionsService.TransactionsServiceClient(_channel.Intercept(accounts.AsWhoeverMay()));
    }

    public TransactionsService.TransactionsServiceClient Client { get; }

    /// <summary>Where it answers.</summary>
    public string Address => $"127.0.0.1:{_application.GrpcAddress.Port}";

    public static async Task<RealTransactions> StartAsync(DatabaseDialect engine)
    {
        var folder = Directory.CreateTempSubdirectory("booksforyou-transactions-").FullName;
        var gateway = await TestGatewayServer.StartAsync(new TestGatewayOptions { Port = 0, DataDirectory = folder });
        var database = await TestDatabase.CreateAsync(engine);
        var accounts = await TestAccounts.SharedAsync();
        var builder = ServiceApplication.CreateBuilder(
        [
            "--grpc-port", "0", "--metrics-port", "0", "--data-dir", folder, "--transactions-database", database.ConnectionString,
            "--payment-gateway-url", gateway.Address.ToString(), "--accounts-host", accounts.Host,
        ]);
        builder.Logging.ClearProviders();
        builder.AddTransactions();
        var application = builder.Build();
        application.MapTransactions();
        await application.StartAsync(TestContext.Current.CancellationToken);
        return new RealTransactions(database, gateway, application, accounts, folder);
    }

    /// <summary>All orders, the newest first.</summary>
    public async Task<IReadOnlyList<Order>> ListOrdersAsync() =>
        (await Client.ListOrdersAsync(new ListOrdersRequest { PageSize = 100 }, cancellationToken: TestContext.Current.CancellationToken)).Orders;

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        await _application.DisposeAsync();
        await _gateway.DisposeAsync();
        await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
