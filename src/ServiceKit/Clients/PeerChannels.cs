using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using BooksForYou.ServiceKit.Hosting;
using BooksForYou.ServiceKit.Security;
using BooksForYou.ServiceKit.Telemetry;
using BooksForYou.ServiceKit.Tls;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using Grpc.Net.Client.Balancer;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace BooksForYou.ServiceKit.Clients;

/// <summary>The channels to the peers, one each, made when they are first used and kept until the process ends.</summary>
internal sealed class PeerChannels(
    IEnumerable<PeerClient> clients,
    SettingsCatalogue settings,
    HostedServices hosted,
    Listeners listeners,
    HostLookup lookup,
    ClientTls tls,
    DeadlineInterceptor deadline,
    ClientCallMonitor monitor,
    ILoggerFactory loggerFactory,
    IServiceProvider services) : IDisposable
{
    private static readonly UnservedCallInterceptor Unserved = new();

    private readonly ConcurrentDictionary<string, Lazy<GrpcChannel>> _channels = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>What the clients of a peer make their calls through.</summary>
    public CallInvoker CallInvoker(string peer) =>
        new PeerCallInvoker(() => Channel(peer).CreateCallInvoker()).Intercept(Unserved).Intercept(monitor.For(peer)).Intercept(deadline);

    public void Dispose()
    {
        foreach (var channel in _channels.Values.Where(channel => channel.IsValueCreated))
        {
            channel.Value.Dispose();
        }
    }

    /// <summary>Host and port of a peer, as the settings say.</summary>
    public string NameOf(string peer) => AddressOf(peer).Address.ToString();

    /// <summary>Finds the processes that answer by the name of a peer.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">The name has no address.</exception>
    /// <exception cref="RpcException">The peer is this process, which does not serve yet.</exception>
    public async Task<IReadOnlyList<PeerPlace>> PlacesAsync(string peer, CancellationToken cancellationToken)
    {
        var (address, _) = AddressOf(peer);
        var found = await lookup(address.Host, cancellationToken);
        return address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            ? [new PeerPlace(address, found)]
            : [.. found.Select(one => new PeerPlace(address, [one]))];
    }

    /// <summary>Opens a channel to one process of a peer, as all others are but for that. Dispose of it.</summary>
    public GrpcChannel Open(string peer, PeerPlace place, ServiceDescriptor contract, out CallInvoker invoker)
    {
        var channel = Connect(peer, [contract], (place.Peer, AddressOf(peer).IsThisProcess), (_, _) => Task.FromResult(place.Addresses));
        invoker = channel.CreateCallInvoker().Intercept(monitor.For(peer)).Intercept(deadline);
        return channel;
    }

    private GrpcChannel Channel(string peer)
    {
        if (_channels.TryGetValue(peer, out var channel))
        {
            return channel.Value;
        }

        // Before the channel is kept: an address that is not known yet must not be not known for good.
        var address = AddressOf(peer);
        return _channels.GetOrAdd(peer, name => new Lazy<GrpcChannel>(() => Connect(name, address))).Value;
    }

    private GrpcChannel Connect(string peer, (PeerAddress Address, bool IsThisProcess) place)
    {
        var contracts = clients
            .Where(client => client.Peer.Equals(peer, StringComparison.OrdinalIgnoreCase))
            .Select(client => client.Contract)
            .OfType<ServiceDescriptor>()
            .Distinct()
            .ToList();
        return Connect(peer, contracts, place, lookup);
    }

    private GrpcChannel Connect(
        string peer, IReadOnlyCollection<ServiceDescriptor> contracts, (PeerAddress Address, bool IsThisProcess) place, HostLookup find)
    {
        var (address, isThisProcess) = place;

        // Asked for here and not taken in the constructor: its own client is one of these.
        var tokens = services.GetRequiredService<ServiceTokens>();
        var rules = new AccessRules(contracts.Select(contract => (contract, AccessRule.Nobody)));
        var options = new GrpcChannelOptions
        {
            Credentials = tls.IsOn ? ChannelCredentials.SecureSsl : ChannelCredentials.Insecure,
            HttpHandler = new ServiceTokenHandler(new ConnectTimeoutHandler(Handler(peer, isThisProcess ? null : address.Host)), rules, tokens),
            DisposeHttpClient = true,
            LoggerFactory = loggerFactory,
            InitialReconnectBackoff = ReconnectBackoff.Initial,
            MaxReconnectBackoff = ReconnectBackoff.Max,
            ServiceConfig = RetryConfig.For(contracts),
            ServiceProvider = new ServiceCollection()
                .AddSingleton<ResolverFactory>(new PeerResolverFactory(address, find, settings.Seconds(ClientsModule.DnsRefresh.Name)))
                .AddSingleton<LoadBalancerFactory, PeerBalancerFactory>()
                .BuildServiceProvider(),
        };
        return GrpcChannel.ForAddress($"dns:///{address}", options);
    }

    private (PeerAddress Address, bool IsThisProcess) AddressOf(string peer)
    {
        if (settings[ClientsModule.HostSetting(peer)] is { } text)
        {
            return PeerAddress.TryParse(text, out var address)
                ? (address, false)
                : throw new InvalidOperationException($"{ClientsModule.HostSetting(peer)} is no address.");
        }

        if (!hosted.Contains(peer))
        {
            return (new PeerAddress("localhost", PeerAddress.DefaultPort), false);
        }

        return listeners.GrpcPort is { } port
            ? (new PeerAddress(listeners.OwnAddress.ToString(), port), true)
            : throw new RpcException(new Status(StatusCode.Unavailable, $"{peer} is in this process, which does not serve yet."));
    }

    private SocketsHttpHandler Handler(string peer, string? host) => new()
    {
        SslOptions = tls.IsOn ? tls.OptionsFor(peer, host) : new SslClientAuthenticationOptions(),
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        EnableMultipleHttp2Connections = true,
        ConnectTimeout = TimeSpan.FromSeconds(1.5),
        PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,

        // A peer that hangs, or a network that swallows packets, is noticed within 30 s even while nobody calls.
        KeepAlivePingDelay = TimeSpan.FromSeconds(20),
        KeepAlivePingTimeout = TimeSpan.FromSeconds(10),
        KeepAlivePingPolicy = HttpKeepAlivePingPolicy.Always,
    };
}
