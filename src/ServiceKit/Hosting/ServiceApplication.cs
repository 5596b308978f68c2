using System.Reflection;
using BooksForYou.Contracts.Security.V1;
using BooksForYou.ServiceKit.Health;
using BooksForYou.ServiceKit.Ops;
using BooksForYou.ServiceKit.Reflection;
using BooksForYou.ServiceKit.Security;
using BooksForYou.ServiceKit.Shutdown;
using BooksForYou.ServiceKit.Telemetry;
using BooksForYou.ServiceKit.Tls;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;

namespace BooksForYou.ServiceKit.Hosting;

/// <summary>A process of the store: one service, or all of them. Modules map what they serve with their <c>MapX</c> methods.</summary>
public sealed class ServiceApplication : IAsyncDisposable
{
    private readonly CommandLine _commandLine;
    private readonly SettingsCatalogue _settings;
    private readonly bool _hasWeb;
    private readonly List<Action<ListenerPipeline>> _webPages = [];
    private readonly Listeners _listeners;
    private readonly MappedServices _mapped;
    private bool _started;

    internal ServiceApplication(WebApplication web, CommandLine commandLine, SettingsCatalogue settings, bool hasWeb)
    {
        Web = web;
        _commandLine = commandLine;
        _settings = settings;
        _hasWeb = hasWeb;
        _listeners = Services.GetRequiredService<Listeners>();
        _mapped = Services.GetRequiredService<MappedServices>();
        Grpc = new ListenerPipeline(web.Services);
        this.UseTelemetry();
        this.MapHealth();
        this.MapReflection();
        this.MapOps();
    }

    /// <summary>The services of the process.</summary>
    public IServiceProvider Services => Web.Services;

    /// <summary>Where the gRPC services answer on this machine, with the port that is really open. For whoever started the application in
    /// its own
    /// process, such as a test.</summary>
    /// <exception cref="InvalidOperationException">The application has not started, or serves web pages only.</exception>
    public Uri GrpcAddress => _listeners.GrpcPort is { } port
        ? new Uri($"{(Services.GetRequiredService<PeerTls>().IsOn ? "https" : "http")}://{Listeners.OwnHost(_settings)}:{port}")
        : throw new InvalidOperationException("No gRPC port is open.");

    /// <summary>Where the web pages answer on this machine, with the port that is really open; null when there are none.</summary>
    public Uri? WebAddress => _listeners.WebPort is { } port ? new Uri($"http://{Listeners.OwnHost(_settings)}:{port}") : null;

    /// <summary>The same pages over TLS; null when HTTPS_CERT is not given.</summary>
    public Uri? SecureWebAddress => _listeners.SecureWebPort is { } port ? new Uri($"https://{Listeners.OwnHost(_settings)}:{port}") : null;

    internal WebApplication Web { get; }

    internal ListenerPipeline Grpc { get; }

    /// <summary>Whether the process opens GRPC_PORT: not when all it serves are web pages.</summary>
    internal bool OpensGrpc => !_hasWeb || _mapped.HasOtherThan(Assembly.GetExecutingAssembly());

    /// <summary>Starts to collect what a process serves.</summary>
    /// <param name="args">The command line.</param>
    /// <returns>The builder.</returns>
    public static ServiceApplicationBuilder CreateBuilder(string[] args) => new(args);

    /// <summary>Serves a gRPC service on GRPC_PORT, and lists it for health checks and reflection.</summary>
    /// <typeparam name="TService">The class that implements it. Registered as a singleton it is made once, otherwise for each
    /// call.</typeparam>
    /// <param name="access">Who may call those of its methods whose contract does not say it with the option
    /// <c>booksforyou.security.v1.access</c>. A method that nobody may call by either is a mistake that keeps the process from starting. Given here,
    /// every service with a certificate may call a method whose contract does not name its <c>callers</c>.</param>
    /// <returns>The endpoints, for conventions.</returns>
    public GrpcServiceEndpointConventionBuilder MapGrpcService<TService>(params Role[] access)
        where TService : class
    {
        ArgumentNullException.ThrowIfNull(access);
        return MapGrpcService<TService>(access, access.Length > 0 ? [AccessRule.Anyone] : []);
    }

    /// <summary>Serves a gRPC service whose contract does not say who may call it.</summary>
    /// <typeparam name="TService">The class that implements it.</typeparam>
    /// <param name="access">Who may call those of its methods whose contract does not say it.</param>
    /// <param name="callers">The services that may call those of its methods whose contract does not name any, under mutual TLS.</param>
    /// <returns>The endpoints, for conventions.</returns>
    public GrpcServiceEndpointConventionBuilder MapGrpcService<TService>(IEnumerable<Role> access, IEnumerable<string> callers)
        where TService : class
    {
        _mapped.Add(typeof(TService), access, callers);
        return Grpc.MapGrpcService<TService>();
    }

    /// <summary>Serves web pages on HTTP_PORT: neither do they answer on the gRPC port, nor gRPC services here.</summary>
    /// <param name="map">Adds middleware and endpoints; called while the application starts, after the settings have been checked.</param>
    /// <exception cref="InvalidOperationException">The builder's AddWeb has not been called.</exception>
    public void MapWeb(Action<ListenerPipeline> map)
    {
        if (!_hasWeb)
        {
            throw new InvalidOperationException("Web pages need a port: call AddWeb on the builder.");
        }

        _webPages.Add(map);
    }

    /// <summary>
    /// Runs the process until SIGTERM or Ctrl+C, then drains it; a second signal ends it at once. Answers <c>--help</c>, <c>--version</c>
    /// and
    /// <c>--health</c> instead, if the command line has them.
    /// </summary>
    /// <param name="cancellationToken">Stops the process as SIGTERM does.</param>
    /// <returns>The exit code, which is also set as <see cref="Environment.ExitCode"/>: 0 after a normal end, 1 when the process could not
    /// start or broke
    /// down, 2 for a mistake on the command line. What is wrong goes to standard error, one line a problem.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken = default) =>
        Environment.ExitCode = await new ServiceRun(this, _commandLine).RunAsync(cancellationToken);

    /// <summary>
    /// Does one piece of work with the services of the process instead of serving, such as an import: checks the settings, warms up, and
    /// opens no port. SIGTERM and Ctrl+C cancel it. Answers <c>--help</c> and <c>--version</c> instead, if the command line has them.
    /// </summary>
    /// <param name="work">The work; it gives the exit code.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>The exit code, which is also set as <see cref="Environment.ExitCode"/>: that of the work, 1 when it could not begin or
    /// failed, 2 for a mistake on the command line. What is wrong goes to standard error, one line a problem.</returns>
    public async Task<int> RunOnceAsync(
        Func<IServiceProvider, CancellationToken, Task<int>> work, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        return Environment.ExitCode = await new ServiceRun(this, _commandLine).RunOnceAsync(work, cancellationToken);
    }

    /// <summary>Starts: opens the ports, then warms up. When it returns, the process serves.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>When the process serves.</returns>
    /// <exception cref="StartException">A setting is wrong or a port is in use.</exception>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        ThrowIfMisconfigured();
        ThrowIfForgotten();
        _listeners.Open(grpc: OpensGrpc, _hasWeb, Services.GetRequiredService<ServerTls>());
        var web = new ListenerPipeline(Services);
        PageStatistics.Use(web, Services.GetRequiredService<RequestStatistics>());
        _webPages.ForEach(map => map(web));
        var startup = Services.GetRequiredService<Startup>();
        var health = Services.GetRequiredService<HealthEndpoints>();
        var state = Services.GetRequiredService<StartupState>();
        Web.Run(new RequestDispatch(_listeners, state, health, Grpc.Build(), web.Build()).Invoke);
        try
        {
            _started = true;
            await Web.StartAsync(cancellationToken);
        }
        catch (IOException exception) when (exception.InnerException is AddressInUseException)
        {
            throw new StartException(exception.Message, exception);
        }

        await startup.RunAsync(cancellationToken);
    }

    /// <summary>Checks the settings.</summary>
    /// <exception cref="StartException">One is wrong.</exception>
    internal void ThrowIfMisconfigured()
    {
        if (_settings.Problems() is { Count: > 0 } problems)
        {
            throw new StartException(problems);
        }
    }

    private void ThrowIfForgotten()
    {
        var rules = new AccessRules(_mapped.Access);
        string[] problems =
        [
            .. rules.Forgotten.Select(path => $"Nothing says who may call {path}: its contract lacks the option access."),
            .. rules.WithoutCallers.Select(path => $"Nothing says which services may call {path}: its contract lacks the option callers."),
        ];
        if (problems.Length > 0)
        {
            throw new StartException(problems);
        }
    }

    /// <summary>Stops as SIGTERM does: readiness off, calls in flight are finished, streams are ended, ports closed.</summary>
    /// <param name="cancellationToken">Ends the wait for calls in flight.</param>
    /// <returns>When the process has stopped to serve.</returns>
    public Task StopAsync(CancellationToken cancellationToken = default) =>
        _started ? Services.GetRequiredService<ShutdownSequence>().RunAsync(Web, cancellationToken) : Task.CompletedTask;

    /// <summary>Stops, if that has not happened, and lets go of everything.</summary>
    /// <returns>When all is released.</returns>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await Web.DisposeAsync();
    }
}
