using System.Net;
using System.Net.Sockets;
using BooksForYou.ServiceKit.Tls;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace BooksForYou.ServiceKit.Hosting;

/// <summary>The ports of the process: which are open, and which one a request came in by.</summary>
/// <remarks>The log of a collector asks what is served here, so nothing that logs can be asked for in the constructor.</remarks>
internal sealed class Listeners(IOptions<KestrelServerOptions> kestrel, SettingsCatalogue settings, HostedServices services)
{
    private const int DefaultMetricsPort = 9464;
    private const int DefaultHealthPort = 50052;

    private ListenOptions? _grpc;
    private ListenOptions? _web;
    private ListenOptions? _secureWeb;
    private ListenOptions? _management;
    private ListenOptions? _health;

    /// <summary>The port of gRPC; null when it is closed, or not open yet.</summary>
    public int? GrpcPort => BoundPort(_grpc);

    /// <summary>The port of the web pages, likewise.</summary>
    public int? WebPort => BoundPort(_web);

    /// <summary>The port of the web pages over TLS, likewise.</summary>
    public int? SecureWebPort => BoundPort(_secureWeb);

    /// <summary>Whether web pages are served, also before their port is known.</summary>
    public bool ServesPages => _web is not null;

    /// <summary>The port of /metrics and /healthz, likewise.</summary>
    public int? ManagementPort => BoundPort(_management);

    /// <summary>The port where health checks alone are answered, without TLS, likewise.</summary>
    public int? HealthPort => BoundPort(_health);

    /// <summary>The address under which the process reaches itself.</summary>
    public IPAddress OwnAddress => Address is { } address && !IsAny(address) ? address : IPAddress.Loopback;

    /// <summary>The address to listen on; null for all of the machine.</summary>
    private IPAddress? Address => AddressIn(settings);

    /// <summary>Tells the server what to listen on. To be called once, before it starts.</summary>
    /// <exception cref="StartException">A port is in use, or two settings name the same one.</exception>
    public void Open(bool grpc, bool web, ServerTls tls)
    {
        var ports = new List<(string Setting, int Port)>();
        if (grpc)
        {
            tls.ProtectCalls(_grpc = Listen(HostingModule.GrpcPort, HttpProtocols.Http2));
        }

        if (web)
        {
            _web = Listen(HostingModule.HttpPort, HttpProtocols.Http1);
        }

        if (web && tls.ProtectsPages)
        {
            tls.ProtectPages(_secureWeb = Listen(HostingModule.HttpsPort, HttpProtocols.Http1AndHttp2));
        }

        if (ChooseMetricsPort() is > 0 and var metricsPort)
        {
            _management = ListenOn(HostingModule.MetricsPort, metricsPort, HttpProtocols.Http1);
        }

        if (ChooseHealthPort(settings) is > 0 and var healthPort)
        {
            _health = ListenOn(HostingModule.HealthPort, healthPort, HttpProtocols.Http2);
        }

        CheckPorts(ports);

        ListenOptions Listen(Setting setting, HttpProtocols protocols) => ListenOn(setting, settings.WholeNumber(setting.Name), protocols);

        ListenOptions ListenOn(Setting setting, int port, HttpProtocols protocols)
        {
            ports.Add((setting.Name, port));
            ListenOptions? opened = null;
            Open(port, options => (opened = options).Protocols = protocols);
            return opened!;
        }
    }

    /// <summary>The port where health checks are answered without TLS; 0 when there is none.</summary>
    public static int ChooseHealthPort(SettingsCatalogue settings)
    {
        if (settings.IsGiven(HostingModule.HealthPort.Name))
        {
            return settings.WholeNumber(HostingModule.HealthPort.Name);
        }

        return settings[TlsModule.Certificate.Name] is null ? 0 : DefaultHealthPort;
    }

    /// <summary>The name, or in a URL the address, under which the process that runs with these settings is reached on this machine.</summary>
    public static string OwnHost(SettingsCatalogue settings) => AddressIn(settings) is { } address && !IsAny(address)
        ? address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{address}]" : $"{address}"
        : "localhost";

    private static IPAddress? AddressIn(SettingsCatalogue settings) =>
        settings[HostingModule.ListenAddress.Name] is { Length: > 0 } address ? IPAddress.Parse(address) : null;

    private static bool IsAny(IPAddress address) => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);

    private static int? BoundPort(ListenOptions? listener) => listener?.IPEndPoint?.Port is > 0 and var port ? port : null;

    private void Open(int port, Action<ListenOptions> configure)
    {
        if (Address is { } address)
        {
            kestrel.Value.Listen(address, port, configure);
        }
        else
        {
            kestrel.Value.ListenAnyIP(port, configure);
        }
    }

    private int ChooseMetricsPort()
    {
        if (settings.IsGiven(HostingModule.MetricsPort.Name))
        {
            return settings.WholeNumber(HostingModule.MetricsPort.Name);
        }

        return services.Names.Count == 1 ? DefaultMetricsPort : 0;
    }

    // Kestrel would find out too, but the host logs what Kestrel throws with its stack trace.
    private void CheckPorts(List<(string Setting, int Port)> ports)
    {
        var problems = new List<string>();
        foreach (var (setting, port) in ports.Where(listener => listener.Port != 0))
        {
            var same = ports.First(other => other.Port == port);
            if (same.Setting != setting)
            {
                problems.Add($"{setting} and {same.Setting} are both {port}; each needs a port of its own.");
            }
            else if (Refusal(port) is { } reason)
            {
                problems.Add($"Port {port} {reason}; {setting} takes another one.");
            }
        }

        if (problems.Count > 0)
        {
            throw new StartException(problems);
        }
    }

    private string? Refusal(int port)
    {
        try
        {
            var address = Address ?? (Socket.OSSupportsIPv6 ? IPAddress.IPv6Any : IPAddress.Any);
            using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            if (address.Equals(IPAddress.IPv6Any))
            {
                socket.DualMode = true;
            }

            socket.Bind(new IPEndPoint(address, port));
            socket.Listen();
            return null;
        }
        catch (SocketException exception)
        {
            return exception.SocketErrorCode switch
            {
                SocketError.AddressAlreadyInUse => "is in use",
                SocketError.AccessDenied => "is not allowed to this user",
                SocketError.AddressNotAvailable => $"cannot be opened, since this machine has no address {Address}",
                _ => $"cannot be opened ({exception.SocketErrorCode})",
            };
        }
    }
}
