using System.Net;
using System.Net.Sockets;

namespace BooksForYou.Tests;

/// <summary>Ports that nobody listens on.</summary>
internal static class FreePort
{
    // Below the ports that the system gives to outgoing connections, and to whoever asks for any: one of those may have another owner before a
    // program has come so far as to listen on it.
    private const int First = 12000;
    private const int Last = 30000;

    /// <summary>A port that nobody listens on now, on any address, and that nobody gets without asking for it.</summary>
    public static int Next()
    {
        while (true)
        {
            try
            {
                using var listener = new TcpListener(IPAddress.IPv6Any, Random.Shared.Next(First, Last));
                listener.Server.DualMode = true;
                listener.Start();
                return ((IPEndPoint)listener.LocalEndpoint).Port;
            }
            catch (SocketException exception) when (exception.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                // Another one, then.
            }
        }
    }
}
