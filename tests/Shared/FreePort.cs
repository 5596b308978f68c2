using System.Net;
using System.Net.Sockets;

namespace BooksForYou.Tests;

/// <summary>Ports that nobody listens on.</summary>
internal static class FreePort
{
    // Below the ports that systems give to outgoing connections.
    private const int FirstLasting = 12000;
    private const int LastLasting = 30000;

    /// <summary>A port that nobody listens on now, on any address.</summary>
    public static int Next()
    {
        using var listener = Listen(0);
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>A port that no outgoing connection gets while nobody listens on it: for a program that is stopped and started again.</summary>
    public static int NextLasting()
    {
        while (true)
        {
            try
            {
                using var listener = Listen(Random.Shared.Next(FirstLasting, LastLasting));
                return ((IPEndPoint)listener.LocalEndpoint).Port;
            }
            catch (SocketException exception) when (exception.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                // Another one, then.
            }
        }
    }

    private static TcpListener Listen(int port)
    {
        var listener = new TcpListener(IPAddress.IPv6Any, port);
        listener.Server.DualMode = true;
        listener.Start();
        return listener;
    }
}
