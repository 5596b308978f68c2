using System.Net;
using System.Net.Sockets;

namespace BooksForYou.Integration.Tests;

internal static class FreePort
{
    /// <summary>A port that nobody listens on now, on any address.</summary>
    public static int Next()
    {
        using var listener = new TcpListener(IPAddress.IPv6Any, 0);
        listener.Server.DualMode = true;
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
