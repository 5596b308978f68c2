using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;

namespace BooksForYou.ServiceKit.Clients;

/// <summary>Where a peer is: a host name or an IP address, and a port.</summary>
internal sealed record PeerAddress(string Host, int Port)
{
    public const int DefaultPort = 50051;

    /// <summary>Reads <c>host</c>, <c>host:port</c>, <c>[IPv6]</c> or <c>[IPv6]:port</c>.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out PeerAddress? address)
    {
        address = null;
        var isBracketed = text.StartsWith('[');
        var hostLength = isBracketed ? text.IndexOf(']', StringComparison.Ordinal) + 1 : text.IndexOf(':', StringComparison.Ordinal);
        if (hostLength < 0)
        {
            hostLength = text.Length;
        }

        var host = text[..hostLength];
        if (!(isBracketed ? IsBracketedIPv6(host) : IsHostName(host)) || !TryParsePort(text[hostLength..], out var port))
        {
            return false;
        }

        address = new PeerAddress(isBracketed ? host[1..^1] : host, port);
        return true;
    }

    /// <summary>As it is written in a setting.</summary>
    public override string ToString() => Host.Contains(':', StringComparison.Ordinal)
        ? string.Create(CultureInfo.InvariantCulture, $"[{Host}]:{Port}")
        : string.Create(CultureInfo.InvariantCulture, $"{Host}:{Port}");

    private static bool IsBracketedIPv6(string host) =>
        host.Length > 2 && host.Contains(':', StringComparison.Ordinal) && IPAddress.TryParse(host[1..^1], out _);

    private static bool IsHostName(string host) => Uri.CheckHostName(host) is UriHostNameType.Dns or UriHostNameType.IPv4;

    private static bool TryParsePort(string text, out int port)
    {
        port = DefaultPort;
        return text.Length == 0
            || (text[0] == ':'
                && int.TryParse(text.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out port)
                && port is > 0 and <= ushort.MaxValue);
    }
}
