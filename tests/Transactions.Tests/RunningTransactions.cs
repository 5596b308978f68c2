using BooksForYou.Contracts.Transactions.V1;
using BooksForYou.ServiceKit.Hosting;
using BooksForYou.ServiceKit.Storage;
using BooksForYou.ServiceKit.Testing;
using BooksForYou.TestGateway;
using BooksForYou.Transactions.Orders;
using Dapper;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BooksForYou.Transactions.Tests;

/// <summary>The service on a real port, in as many replicas as wanted, with a database, a test gateway and a mail folder of its own.</summary>
internal sealed class RunningTransactions : IAsyncDisposable
{
    private readonly List<ServiceApplication> _replicas = [];
    private readonly List<GrpcChannel> _channels = [];

    private RunningTransactions(TestDatabase database, TestGatewayServer gateway, GatewayProxy network, string folder)
    {
        Database = database;
        Gateway = gateway;
        Network = network;
        Folder = folder;
    }

    public TestDatabase Database { get; }

    public TestGatewayServer Gateway { get; }

    /// <summary>What is between the service and the gateway.</summary>
    public GatewayProxy Network { get; }

    public string Folder { get; }

    public LogCollector Log { get; } = new() { Timeout = TimeSpan.FromSeconds(60) };

    public List<TransactionsService.TransactionsServiceClient> Clients { get; } = [];

    public TransactionsService.TransactionsServiceClient Client => Clients[0];

    public IServiceProvider Services => _replicas[0].Services;

    public static async Task<RunningTransactions> StartAsync(DatabaseDialect engine, int replicas = 1, params string[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("booksforyou-transactions-").FullName;
        var gateway = await TestGatewayServer.StartAsync(new TestGatewayOptions { Port = 0, DataDirectory = Path.Combine(folder, "gateway") });
        var running = new RunningTransactions(await TestDatabase.CreateAsync(engine), gateway, await GatewayProxy.StartAsync(gateway.Address), folder);
        for (var replica = 0; replica < replicas; replica++)
        {
            await running.AddReplicaAsync(settings);
        }

        return running;
    }

    public static string[] Settings(TestDatabase database, Uri gateway, string folder, string accounts) =>
    [
        "--grpc-port", "0",
        "--metrics-port", "0",
        "--data-dir", folder,
        "--accounts-host", accounts,
        "--transactions-database", database.ConnectionString,
        "--payment-gateway-url", gateway.ToString(),
        "--transactions-poll-interval", "00:00:00.05",
        "--transactions-receipt-pause", "00:00:00.05",

        // Long, so that a busy machine does not look like a process that died or a gateway in trouble.
        "--transactions-lease-time", "00:00:30",
        "--transactions-gateway-timeout", "00:00:20",
        "--transactions-charge-timeout", "00:01:00",
    ];

    public async Task AddReplicaAsync(params string[] settings)
    {
        var given = settings.Where((_, index) => index % 2 == 0).ToHashSet();
        var accounts = await TestAccounts.SharedAsync();
        var defaults = Settings(Database, Network.Address, Folder, accounts.Host).Chunk(2).Where(pair => !given.Contains(pair[0])).SelectMany(pair => pair);
        var builder = ServiceApplication.CreateBuilder([.. defaults, .. settings]);
        builder.AddTransactions();
        builder.Logging.ClearProviders().AddProvider(Log).AddFilter<LogCollector>(null, LogLevel.Trace);
        var app = builder.Build();
        app.MapTransactions();
        await app.StartAsync();
        var channel = GrpcChannel.ForAddress(app.GrpcAddress);
        _replicas.Add(app);
        _channels.Add(channel);
        Clients.Add(new TransactionsService.TransactionsServiceClient(channel.Intercept(accounts.AsWhoeverMay())));
    }

    public T Get<T>()
        where T : notnull => Services.GetRequiredService<T>();

    public Task<IReadOnlyDictionary<string, List<string>>> LedgerAsync() => GatewayLedger.ReadAsync(Gateway.Address);

    /// <summary>The states that the payment of an order came into at the gateway.</summary>
    public async Task<List<string>> PaymentOfAsync(string orderId)
    {
        var charge = await Get<ChargeStore>().FindByOrderAsync(orderId, CancellationToken.None);
        return (await LedgerAsync()).GetValueOrDefault(charge!.PaymentKey!, []);
    }

    public async Task<long> CountAsync(string sql)
    {
        await using var connection = await Database.Database.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<long>(sql);
    }

    /// <summary>Waits until the order of a key is in a state.</summary>
    public Task<Contracts.Transactions.V1.Order> UntilAsync(string key, Contracts.Transactions.V1.OrderState state) => UntilAsync(Client, key, state);

    public static async Task<Contracts.Transactions.V1.Order> UntilAsync(
        TransactionsService.TransactionsServiceClient client, string key, Contracts.Transactions.V1.OrderState state)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var events = client.FollowOrders(new FollowOrdersRequest(), cancellationToken: limit.Token);
        while (await events.ResponseStream.MoveNext(limit.Token))
        {
            var order = (await client.GetChargeAsync(new GetChargeRequest { IdempotencyKey = key })).Order;
            if (order.State == state)
            {
                return order;
            }
        }

        throw new InvalidOperationException("The feed ended.");
    }

    /// <summary>Stops all replicas, as SIGTERM does.</summary>
    public Task StopAsync() => Task.WhenAll(_replicas.Select(replica => replica.StopAsync()));

    public async ValueTask DisposeAsync()
    {
        foreach (var channel in _channels)
        {
            channel.Dispose();
        }

        foreach (var replica in _replicas)
        {
            await replica.DisposeAsync();
        }

        await Network.DisposeAsync();
        await Gateway.DisposeAsync();
        await Database.DisposeAsync();
        Log.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
