using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace BooksForYou.ServiceKit.Hosting;

/// <summary>The ports of the process: which are open, and which one a request came in by.</summary>
internal sealed class Listeners(IOptions<KestrelServerOptions> kestrel, SettingsCatalogue settings, HostedServices services)
{
    private const int DefaultMetricsPort = 9464;

    private ListenOptions? _grpc;
    private ListenOptions? _web;
    private ListenOptions? _management;

    /// <summary>The port of gRPC; null when it is closed, or not open yet.</summary>
    public int? GrpcPort => BoundPort(_grpc);

    /// <summary>The port of the web pages, likewise.</summary>
    public int? WebPort => BoundPort(_web);

    /// <summary>Whether web pages are served, also before their port is known.</summary>
    public bool ServesPages => _web is not null;

    /// <summary>The port of /metrics and /healthz, likewise.</summary>
    public int? ManagementPort => BoundPort(_management);

    /// <summary>The address to listen on; null for all of the machine.</summary>
    private IPAddress? Address => settings[HostingModule.ListenAddress.Name] is { Length: > 0 } address ? IPAddress.Parse(address) : null;

    /// <summary>Tells the server what to listen on. To be called once, before it starts.</summary>
    /// <exception cref="StartException">A port is in use, or two settings name the same one.</exception>
    public void Open(bool grpc, bool web)
    {
        var ports = new List<(string Setting, int Port)>();
        if (grpc)
        {
            ports.Add((HostingModule.GrpcPort.Name, settings.WholeNumber(HostingModule.GrpcPort.Name)));
            Listen(ports[^1].Port, options => (_grpc = options).Protocols = HttpProtocols.Http2);
        }

        if (web)
        {
            ports.Add((HostingModule.HttpPort.Name, settings.WholeNumber(HostingModule.HttpPort.Name)));
            Listen(ports[^1].Port, options => (_web = options).Protocols = HttpProtocols.Http1);
        }

        if (ChooseMetricsPort() is > 0 and var metricsPort)
        {
            ports.Add((HostingModule.MetricsPort.Name, metricsPort));
            Listen(metricsPort, options => (_management = options).Protocols = HttpProtocols.Http1);
        }

        CheckPorts(ports);
    }

    private static int? BoundPort(ListenOptions? listener) => listener?.IPEndPoint?.Port is > 0 and var port ? port : null;

    private void Listen(int port, Action<ListenOptions> configure)
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
