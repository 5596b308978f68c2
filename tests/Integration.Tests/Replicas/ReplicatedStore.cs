using System.Globalization;
using BooksForYou.ServiceKit.Storage;
using BooksForYou.ServiceKit.Testing;
using Npgsql;

namespace BooksForYou.Integration.Tests.Replicas;

/// <summary>
/// Two replicas of every service on PostgreSQL, found by name: each name has the addresses of both replicas. The payment gateway is somebody else's, and there once.
/// </summary>
internal sealed class ReplicatedStore : IAsyncDisposable
{
    // The name service is a file of our own, which the programs see in the place of the system's: a mount that no other process has.
    // Root needs no user namespace, in which it could not reach the database server of another user.
    private static readonly string[] Namespace = System.Environment.IsPrivilegedProcess ? ["-m"] : ["-U", "-r", "-m"];

    private const string WithNames = "mount --bind \"$0\" /etc/hosts && exec \"$@\"";

    private readonly string _folder = Directory.CreateTempSubdirectory("booksforyou-replicas-").FullName;
    private readonly Dictionary<string, (TestDatabase Database, int Port)> _services = [];
    private readonly Dictionary<(string Service, int Replica), ProgramRun> _replicas = [];
    private readonly Dictionary<(string Service, int Replica), List<string>> _outputs = [];
    private readonly int _gatewayPort = FreePort.Next();
    private ProgramRun? _gateway;

    private ReplicatedStore()
    {
    }

    /// <summary>How many replicas each service has.</summary>
    public const int Replicas = 2;

    /// <summary>The services, in the order in which they are updated: those first that others call.</summary>
    public static IReadOnlyList<string> Services { get; } = ["Accounts", "Inventory", "Transactions", "Cart", "Recommendations", "Reviews", "Marketplace"];

    /// <summary>The port of the pages, on the address of each replica.</summary>
    public int WebPort => _services["Marketplace"].Port;

    /// <summary>Why there can be none here; null when there can.</summary>
    public static async Task<string?> FindSkipReasonAsync()
    {
        if (PostgresServer.SkipReason is { } reason)
        {
            return reason;
        }

        if (!OperatingSystem.IsLinux())
        {
            return "Names with several addresses are made with the mount namespaces of Linux.";
        }

        await using var probe = ProgramRun.Start("unshare", [.. Namespace, "sh", "-c", WithNames, "/etc/hosts", "true"]);
        return await probe.WaitForExitAsync() == 0 ? null : $"This machine allows no mount namespace: {probe.Output.Trim()}";
    }

    /// <summary>Starts all replicas, and waits until they serve.</summary>
    public static async Task<ReplicatedStore> StartAsync()
    {
        var store = new ReplicatedStore();
        foreach (var service in Services)
        {
            store._services[service] = (await TestDatabase.CreateAsync(DatabaseDialect.PostgreSql), FreePort.Next());
        }

        await File.WriteAllLinesAsync(
            store.HostsFile,
            [
                "127.0.0.1 localhost",
                .. from service in Services from replica in Enumerable.Range(0, Replicas) select $"{AddressOf(replica)} {NameOf(service)}",
            ]);
        store._gateway = ProgramRun.Start(
            "dotnet", [Repository.ProgramOf("TestGateway"), "--data-dir", store._folder, "--test-gateway-port", Text(store._gatewayPort)]);
        await store._gateway.WaitForOutputAsync("listens on");
        await Task.WhenAll(from service in Services from replica in Enumerable.Range(0, Replicas) select store.StartAsync(service, replica));
        return store;
    }

    /// <summary>The address that a replica listens on.</summary>
    public static string AddressOf(int replica) => $"127.0.0.{replica + 2}";

    /// <summary>Starts a replica, and waits until it serves.</summary>
    public async Task StartAsync(string service, int replica)
    {
        var (database, port) = _services[service];
        var settings = new List<string>
        {
            "--listen-address", AddressOf(replica),
            service == "Marketplace" ? "--http-port" : "--grpc-port", Text(port),
            "--metrics-port", "0",
            "--data-dir", _folder,
        };
        if (service != "Marketplace")
        {
            settings.AddRange([$"--{service.ToLowerInvariant()}-database", $"{database.ConnectionString};Maximum Pool Size=8"]);
        }

        var run = ProgramRun.Start(
            "unshare", [.. Namespace, "sh", "-c", WithNames, HostsFile, "dotnet", Repository.ProgramOf(service), .. settings], environment: [.. Environment()]);
        lock (_replicas)
        {
            _replicas[(service, replica)] = run;
            _outputs.TryAdd((service, replica), []);
        }

        await run.WaitForOutputAsync("Serving: ");
    }

    /// <summary>Tells a replica to stop, and waits until it has.</summary>
    public async Task StopAsync(string service, int replica)
    {
        var run = _replicas[(service, replica)];
        await run.SignalAsync("TERM");
        Assert.Equal(0, await run.WaitForExitAsync());
        _outputs[(service, replica)].Add(run.Output);
        await run.DisposeAsync();
    }

    /// <summary>Kills a replica.</summary>
    public async Task KillAsync(string service, int replica)
    {
        var run = _replicas[(service, replica)];
        await run.KillAsync();
        _outputs[(service, replica)].Add(run.Output);
        await run.DisposeAsync();
    }

    /// <summary>What a query of a service's database finds.</summary>
    public async Task<List<T>> QueryAsync<T>(string service, string sql)
    {
        await using var connection = new NpgsqlConnection(_services[service].Database.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var found = new List<T>();
        while (await reader.ReadAsync())
        {
            found.Add(await reader.GetFieldValueAsync<T>(0));
        }

        return found;
    }

    /// <summary>The entries of the gateway's ledger, as it writes them.</summary>
    public Task<string[]> ReadLedgerAsync() => File.ReadAllLinesAsync(Path.Combine(_folder, "test-gateway.jsonl"));

    /// <summary>Writes what each replica has logged into a file, for whoever wants to know why something failed.</summary>
    public void KeepLogs(string folder)
    {
        foreach (var ((service, replica), outputs) in _outputs)
        {
            File.WriteAllText(Path.Combine(folder, $"{service}-{replica}.log"), string.Concat(outputs.Append(_replicas[(service, replica)].Output)));
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var run in _replicas.Values)
        {
            await run.DisposeAsync();
        }

        await (_gateway?.DisposeAsync() ?? ValueTask.CompletedTask);
        foreach (var (database, _) in _services.Values)
        {
            await database.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private static string NameOf(string service) => $"{service.ToLowerInvariant()}.store.test";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private string HostsFile => Path.Combine(_folder, "hosts");

    private IEnumerable<(string Name, string Value)> Environment()
    {
        foreach (var service in Services)
        {
            yield return ($"{service.ToUpperInvariant()}_HOST", $"{NameOf(service)}:{_services[service].Port}");
        }

        yield return ("PAYMENT_GATEWAY_URL", $"http://localhost:{_gatewayPort}");
        yield return ("SHUTDOWN_DELAY", "1");
        yield return ("MARKETPLACE__SEARCHESPERMINUTE", "100000");
        yield return ("MARKETPLACE__CHECKOUTSPERMINUTE", "100000");
    }
}
