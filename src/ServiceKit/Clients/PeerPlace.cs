using System.Net;

namespace BooksForYou.ServiceKit.Clients;

/// <summary>One of the processes that answer by the name of a peer.</summary>
/// <param name="Peer">The name and the port.</param>
/// <param name="Addresses">Where it is. More than one only for this machine, which has an address of each family.</param>
internal sealed record PeerPlace(PeerAddress Peer, IPAddress[] Addresses)
{
    /// <summary>Host and port.</summary>
    public override string ToString() => Addresses is [var address] ? new PeerAddress(address.ToString(), Peer.Port).ToString() : Peer.ToString();
}
