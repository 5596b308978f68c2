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
    private readonly ConcurrentDictionary<string, Lazy<GrpcChannel>> _channels = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>What the clients of a peer make their calls through.</summary>
    public CallInvoker CallInvoker(string peer) =>
        new PeerCallInvoker(() => Channel(peer).CreateCallInvoker()).Intercept(monitor.For(peer)).Intercept(deadline);

    public void Dispose()
    {
        foreach (var channel in _channels.Values.Where(channel => channel.IsValueCreated))
        {
            channel.Value.Dispose();
        }
    }

    private GrpcChannel Channel(string peer)
    {
        if (_channels.TryGetValue(peer, out var channel))
        {
            return channel.Value;
        }

        // Before the channel is kept: an address that is not known yet must not be not known for good.
        var (address, isThisProcess) = AddressOf(peer);
        return _channels.GetOrAdd(peer, name => new Lazy<GrpcChannel>(() => Connect(name, address, isThisProcess))).Value;
    }

    private GrpcChannel Connect(string peer, PeerAddress address, bool isThisProcess)
    {
        var contracts = clients
            .Where(client => client.Peer.Equals(peer, StringComparison.OrdinalIgnoreCase))
            .Select(client => client.Contract)
            .OfType<Google.Protobuf.Reflection.ServiceDescriptor>()
            .Distinct()
            .ToList();

        // Asked for here and not taken in the constructor: its own client is one of these.
        var tokens = services.GetRequiredService<ServiceTokens>();
        var rules = new AccessRules(contracts.Select(contract => (contract, AccessRule.Nobody)));
        var options = new GrpcChannelOptions
        {
            Credentials = tls.IsOn ? ChannelCredentials.SecureSsl : ChannelCredentials.Insecure,
            HttpHandler = new ServiceTokenHandler(Handler(peer, isThisProcess ? null : address.Host), rules, tokens),
            LoggerFactory = loggerFactory,
            InitialReconnectBackoff = ReconnectBackoff.Initial,
            MaxReconnectBackoff = ReconnectBackoff.Max,
            ServiceConfig = RetryConfig.For(contracts),
            ServiceProvider = new ServiceCollection()
                .AddSingleton<ResolverFactory>(new PeerResolverFactory(address, lookup, settings.Seconds(ClientsModule.DnsRefresh.Name)))
                .AddSingleton<LoadBalancerFactory, PeerBalancerFactory>()
                .BuildServiceProvider(),
        };
        return GrpcChannel.ForAddress(address.IsIpAddress ? $"{(tls.IsOn ? "https" : "http")}://{address}" : $"dns:///{address}", options);
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
            ? (new PeerAddress(IPAddress.Loopback.ToString(), port), true)
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
