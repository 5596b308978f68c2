using System.Net;

namespace BooksForYou.Deploy.Tests.Compose;

/// <summary>The store of <c>deploy/compose.yaml</c>, in real containers, under a name and on ports of its own.</summary>
internal sealed class ComposeStore : IAsyncDisposable
{
    /// <summary>The version that the images of the tests have, so that they take no other's place.</summary>
    public const string Version = "0.0.0-test";

    // The first build restores the packages and compiles what all images share; on a small machine that is long.
    private static readonly TimeSpan BuildLimit = TimeSpan.FromMinutes(12);
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(4);

    private static readonly string[] Ports =
    [
        "PORT", "MARKETPLACE_METRICS_PORT", "MARKETPLACE_HEALTH_PORT", "POSTGRES_PORT", "TESTGATEWAY_PORT",
        .. from service in (string[])["ACCOUNTS", "CART", "INVENTORY", "RECOMMENDATIONS", "REVIEWS", "TRANSACTIONS"]
           from port in (string[])["PORT", "HEALTH_PORT", "METRICS_PORT"]
           select $"{service}_{port}",
    ];

    private readonly string _project = $"booksforyou-test-{Guid.NewGuid():N}"[..24];
    // The images get their packages from where this machine gets them, unless NUGET_CONFIG says otherwise; empty is the usual source.
    private static readonly string PackageSources = Environment.GetEnvironmentVariable("NUGET_CONFIG") ?? UserPackageSources();

    private readonly (string Name, string Value)[] _environment =
    [
        ("VERSION", Version), ("DOCKER_BUILDKIT", "1"), ("NUGET_CONFIG", PackageSources), .. Ports.Select(port => (port, $"{FreePort.Next()}")),
    ];

    private ComposeStore() => Web = new HttpClient
    {
        BaseAddress = new Uri($"http://localhost:{_environment.Single(setting => setting.Name == "PORT").Value}"),
        Timeout = TimeSpan.FromSeconds(60),
    };

    /// <summary>A visitor of the shop.</summary>
    public HttpClient Web { get; }

    /// <summary>Builds the images, starts everything, and waits until the shop shows its page.</summary>
    public static async Task<ComposeStore> StartAsync(CancellationToken cancellationToken)
    {
        var store = new ComposeStore();
        try
        {
            await store.RunAsync(BuildLimit, "build");
            await store.RunAsync(StartLimit, "up", "--detach", "--no-build");
            await store.WaitForPageAsync(cancellationToken);
            return store;
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs `docker compose` with arguments, and gives what it wrote. Fails when it does.</summary>
    public Task<string> RunAsync(params string[] arguments) => RunAsync(StartLimit, arguments);

    /// <summary>Runs a shell command in a service's container, and gives its exit code and what it wrote.</summary>
    public async Task<(int ExitCode, string Output)> ExecuteAsync(string service, string command)
    {
        await using var docker = Start("exec", "-T", service, "bash", "-c", command);
        return (await docker.WaitForExitAsync(), docker.Output);
    }

    public async ValueTask DisposeAsync()
    {
        Web.Dispose();
        await using var down = Start("down", "--volumes", "--remove-orphans", "--timeout", "20");
        await down.WaitForExitAsync();
    }

    private async Task<string> RunAsync(TimeSpan limit, params string[] arguments)
    {
        await using var docker = Start(arguments);
        var exitCode = await docker.WaitForExitAsync(limit);
        if (exitCode == 0)
        {
            return docker.Output;
        }

        await using var logs = Start("logs", "--no-color", "--tail", "30");
        await logs.WaitForExitAsync();
        throw new InvalidOperationException(
            $"docker compose {string.Join(' ', arguments)} ended with {exitCode}:\n{docker.Output}\n{logs.Output}");
    }

    private static string UserPackageSources()
    {
        var file = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "NuGet", "NuGet.Config");
        return File.Exists(file) ? file : "";
    }

    private ProgramRun Start(params string[] arguments)
    {
        string[] nuget = PackageSources.Length > 0 ? ["--file", ComposeFile.PathOf("compose.nuget.yaml")] : [];
        return ProgramRun.Start(
            "docker",
            [
                "compose", "--progress", "plain", "--project-name", _project,
                "--file", ComposeFile.PathOf("compose.yaml"), "--file", ComposeFile.PathOf("compose.host.yaml"), .. nuget, .. arguments,
            ],
            Repository.Root,
            _environment);
    }

    private async Task WaitForPageAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(StartLimit);
        while (true)
        {
            try
            {
                using var answer = await Web.GetAsync("/", limit.Token);
                if (answer.StatusCode == HttpStatusCode.OK)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Its port is not open yet.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), limit.Token);
        }
    }
}
