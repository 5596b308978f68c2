using BooksForYou.ServiceKit.Testing;
using Npgsql;

namespace BooksForYou.SideBySide.Checkout;

/// <summary>What takes part in a sale, each a process of its own as in production: Inventory, Transactions, Cart and the test gateway.</summary>
internal sealed class SellingServices : IAsyncDisposable
{
    // A machine that is busy with something else shall make a run slow, and not break it off.
    private static readonly string[] Patience =
    [
        "--cart-catalogue-timeout", "00:00:30", "--cart-stock-timeout", "00:01:00", "--cart-payment-timeout", "00:01:00",
        "--cart-answer-timeout", "00:02:00", "--cart-lease", "00:02:00",
    ];

    private readonly List<MeasuredProgram> _programs = [];

    public MeasuredProgram Inventory { get; private set; } = null!;

    public MeasuredProgram Transactions { get; private set; } = null!;

    public MeasuredProgram Cart { get; private set; } = null!;

    public MeasuredProgram Gateway { get; private set; } = null!;

    /// <summary>Starts them and waits until they are ready.</summary>
    /// <param name="databases">Their databases.</param>
    /// <param name="accounts">Who knows the visitors.</param>
    /// <param name="data">A folder for the gateway's ledger and the mails.</param>
    /// <param name="cancellation">Gives up.</param>
    public static async Task<SellingServices> StartAsync(SaleDatabases databases, TestAccounts accounts, string data, CancellationToken cancellation)
    {
        var services = new SellingServices();
        try
        {
            services.Gateway = services.Start("TestGateway", (_, http) => ["--test-gateway-port", $"{http}", "--data-dir", data]);
            services.Inventory = services.Start("Inventory", (grpc, http) =>
                [.. Ports(grpc, http), "--accounts-host", accounts.Host, "--data-dir", data, "--inventory-database", databases.Inventory]);
            services.Transactions = services.Start("Transactions", (grpc, http) =>
            [
                .. Ports(grpc, http), "--accounts-host", accounts.Host, "--data-dir", data, "--transactions-database", databases.Transactions,
                "--payment-gateway-url", $"http://127.0.0.1:{services.Gateway.HttpPort}",
                "--transactions-charge-timeout", "00:01:00", "--transactions-gateway-timeout", "00:00:30", "--transactions-lease-time", "00:02:00",
            ]);
            services.Cart = services.Start("Cart", (grpc, http) =>
            [
                .. Ports(grpc, http), "--accounts-host", accounts.Host, "--data-dir", data, "--cart-database", databases.Cart,
                "--inventory-host", $"127.0.0.1:{services.Inventory.GrpcPort}", "--transactions-host", $"127.0.0.1:{services.Transactions.GrpcPort}", .. Patience,
            ]);
            foreach (var program in new[] { services.Inventory, services.Transactions, services.Cart })
            {
                await program.WaitUntilReadyAsync(cancellation);
            }

            return services;
        }
        catch
        {
            await services.DisposeAsync();
            throw;
        }
    }

    /// <summary>The processes by name.</summary>
    public IEnumerable<(string Name, MeasuredProgram Program)> All() =>
        [("Cart", Cart), ("Transactions", Transactions), ("Inventory", Inventory), ("TestGateway", Gateway)];

    public async ValueTask DisposeAsync()
    {
        foreach (var program in _programs)
        {
            await program.DisposeAsync();
        }

        NpgsqlConnection.ClearAllPools();
    }

    private static string[] Ports(int grpc, int http) => ["--grpc-port", $"{grpc}", "--metrics-port", $"{http}"];

    private MeasuredProgram Start(string project, Func<int, int, IEnumerable<string>> arguments)
    {
        var program = MeasuredProgram.Start(MeasuredProgram.PathOf("src", project), arguments);
        _programs.Add(program);
        return program;
    }
}
