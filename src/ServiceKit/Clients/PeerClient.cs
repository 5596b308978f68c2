namespace BooksForYou.ServiceKit.Clients;

/// <summary>A client that was added for a peer: the channel looks through them for the methods that may be retried.</summary>
internal sealed record PeerClient(string Peer, Type ClientType);
