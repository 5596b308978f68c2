using Grpc.Net.Client;

namespace BooksForYou.Integration.Tests;

/// <summary>The running store, as a person would start it: real programs, real sockets, data in a directory of its own.</summary>
public sealed class Store : IAsyncDisposable
{
    private readonly string _data;
    private readonly Dictionary<string, ProgramRun> _programs = [];

    private Store(string data, int webPort, int grpcPort)
    {
        _data = data;
        Web = new HttpClient { BaseAddress = new Uri($"http://localhost:{webPort}"), Timeout = TimeSpan.FromSeconds(30) };
        GrpcAddress = $"localhost:{grpcPort}";
        Channel = GrpcChannel.ForAddress($"http://{GrpcAddress}");
    }

    /// <summary>A browser without a face, pointed at the web shop.</summary>
    public HttpClient Web { get; }

    /// <summary>Host and port of the Recommendations service.</summary>
    public string GrpcAddress { get; }

    /// <summary>A channel to the Recommendations service.</summary>
    public GrpcChannel Channel { get; }

    internal ProgramRun this[string project] => _programs[project];

    /// <summary>Starts every service in one process.</summary>
    public static async Task<Store> StartAllInOneAsync()
    {
        var (web, grpc) = (FreePort.Next(), FreePort.Next());
        var store = new Store(NewDirectory(), web, grpc);
        await store.StartProgramAsync("AllInOne", "--grpc-port", $"{grpc}", "--http-port", $"{web}", "--test-gateway-port", "0");
        return store;
    }

    /// <summary>Starts Recommendations and Marketplace, each as a process of its own.</summary>
    public static async Task<Store> StartServicesAsync()
    {
        var (web, grpc) = (FreePort.Next(), FreePort.Next());
        var store = new Store(NewDirectory(), web, grpc);
        await store.StartRecommendationsAsync();
        await store.StartProgramAsync(
            "Marketplace", "--http-port", $"{web}", "--metrics-port", "0", "--recommendations-host", store.GrpcAddress);
        return store;
    }

    /// <summary>Starts Recommendations where the others look for it.</summary>
    public Task StartRecommendationsAsync() =>
        StartProgramAsync("Recommendations", "--grpc-port", GrpcAddress.Split(':')[1], "--metrics-port", "0");

    /// <summary>Kills a service without a warning.</summary>
    public async Task KillAsync(string project)
    {
        await _programs[project].SignalAsync("KILL");
        await _programs[project].WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Web.Dispose();
        Channel.Dispose();
        foreach (var program in _programs.Values)
        {
            await program.DisposeAsync();
        }

        Directory.Delete(_data, recursive: true);
    }

    private async Task StartProgramAsync(string project, params string[] settings)
    {
        var program = ProgramRun.Start("dotnet", [Repository.ProgramOf(project), "--data-dir", _data, .. settings]);
        _programs[project] = program;
        await program.WaitForOutputAsync("Serving: ");
    }

    private static string NewDirectory() => Directory.CreateTempSubdirectory("booksforyou-").FullName;
}
