using System.Globalization;
using Grpc.Net.Client;

namespace BooksForYou.Integration.Tests;

/// <summary>The running store, as a person would start it: real programs, real sockets, data in a directory of its own.</summary>
public sealed class Store : IAsyncDisposable
{
    private static readonly string[] Services = ["Accounts", "Inventory", "Transactions", "Cart", "Recommendations", "Reviews"];

    private readonly string _data = Directory.CreateTempSubdirectory("booksforyou-").FullName;
    private readonly int _webPort = FreePort.Next();
    private readonly Dictionary<string, int> _ports = [];
    private readonly Dictionary<string, SlowLink> _links = [];
    private readonly Dictionary<string, ProgramRun> _programs = [];
    private readonly List<GrpcChannel> _channels = [];
    private readonly string[] _settings;

    private Store(string[] settings)
    {
        _settings = settings;
        Web = NewVisitor();
    }

    /// <summary>A browser without a face, pointed at the web shop.</summary>
    public HttpClient Web { get; }

    /// <summary>Host and port of the Recommendations service, where every existing client looks for it.</summary>
    public string GrpcAddress => AddressOf("Recommendations");

    /// <summary>Where the services keep their data.</summary>
    public string DataDirectory => _data;

    internal ProgramRun this[string project] => _programs[project];

    /// <summary>Starts every service in one process.</summary>
    /// <param name="settings">Settings, as on the command line.</param>
    public static async Task<Store> StartAllInOneAsync(params string[] settings)
    {
        var store = new Store([]);
        var grpc = FreePort.Next();
        foreach (var service in Services)
        {
            store._ports[service] = grpc;
        }

        await store.StartProgramAsync(
            "AllInOne", ["--grpc-port", $"{grpc}", "--http-port", $"{store._webPort}", "--test-gateway-port", "0", .. settings]);
        return store;
    }

    /// <summary>Starts every service as a process of its own, each behind a link that can be made slow.</summary>
    /// <param name="settings">Settings of the services, as environment variables: <c>CART__LEASE=00:00:02</c>. <c>{service}</c> in one is the name of
    /// each service in small letters.</param>
    public static async Task<Store> StartServicesAsync(params string[] settings)
    {
        var store = new Store(settings);
        foreach (var service in (string[])["TestGateway", .. Services])
        {
            store._ports[service] = FreePort.Next();
            store._links[service] = new SlowLink(store._ports[service]);
        }

        await Task.WhenAll(store._links.Keys.Select(store.StartAsync));
        await store.StartProgramAsync("Marketplace", "--http-port", $"{store._webPort}", "--metrics-port", "0");
        return store;
    }

    /// <summary>One more visitor, who has not been here before.</summary>
    public HttpClient NewVisitor() => new()
    {
        BaseAddress = new Uri($"http://localhost:{_webPort}"),
        Timeout = TimeSpan.FromSeconds(60),
    };

    /// <summary>Where it keeps its data.</summary>
    public string DataFolder => _data;

    /// <summary>Stops a program as an operator does, and waits until it has ended.</summary>
    public async Task StopAsync(string project)
    {
        await _programs[project].SignalAsync("TERM");
        await _programs[project].WaitForExitAsync();
    }

    /// <summary>Host and port of a service.</summary>
    public string AddressOf(string service) => $"localhost:{_ports[service]}";

    /// <summary>A channel to a service.</summary>
    public GrpcChannel ChannelTo(string service)
    {
        var channel = GrpcChannel.ForAddress($"http://{AddressOf(service)}");
        _channels.Add(channel);
        return channel;
    }

    /// <summary>Starts a service where the others look for it.</summary>
    public Task StartAsync(string service) => service == "TestGateway"
        ? StartProgramAsync(service, "--test-gateway-port", PortOf(service))
        : StartProgramAsync(service, "--grpc-port", PortOf(service), "--metrics-port", "0");

    /// <summary>Kills a service without a warning.</summary>
    public async Task KillAsync(string service)
    {
        await _programs[service].SignalAsync("KILL");
        await _programs[service].WaitForExitAsync();
    }

    /// <summary>Stops a service in the middle of whatever it does: connections are accepted, and nothing is ever answered.</summary>
    public Task HangAsync(string service) => _programs[service].SignalAsync("STOP");

    /// <summary>Lets a service that hangs go on.</summary>
    public Task ResumeAsync(string service) => _programs[service].SignalAsync("CONT");

    /// <summary>Makes every answer of a service come later.</summary>
    public void Slow(string service, TimeSpan delay) => _links[service].Delay = delay;

    /// <summary>What a service gets as its environment.</summary>
    public IEnumerable<(string Name, string Value)> EnvironmentOf(string project)
    {
        yield return ("SHOP_ADDRESS", $"http://localhost:{_webPort}");
        foreach (var (service, link) in _links)
        {
            yield return service == "TestGateway"
                ? ("PAYMENT_GATEWAY_URL", $"http://{link.Address}")
                : ($"{service.ToUpperInvariant()}_HOST", link.Address);
        }

        foreach (var setting in _settings.Select(setting => setting.Split('=', 2)))
        {
            yield return (setting[0], setting[1].Replace("{service}", project.ToLowerInvariant(), StringComparison.Ordinal));
        }
    }

    public async ValueTask DisposeAsync()
    {
        Web.Dispose();
        foreach (var channel in _channels)
        {
            channel.Dispose();
        }

        foreach (var program in _programs.Values)
        {
            await program.DisposeAsync();
        }

        foreach (var link in _links.Values)
        {
            await link.DisposeAsync();
        }

        Directory.Delete(_data, recursive: true);
    }

    private string PortOf(string service) => _ports[service].ToString(CultureInfo.InvariantCulture);

    private async Task StartProgramAsync(string project, params string[] settings)
    {
        var program = ProgramRun.Start("dotnet", [Repository.ProgramOf(project), "--data-dir", _data, .. settings], environment: [.. EnvironmentOf(project)]);
        _programs[project] = program;
        await program.WaitForOutputAsync(project == "TestGateway" ? "listens on" : "Serving: ");
    }
}
