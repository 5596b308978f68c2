using System.Net;

namespace BooksForYou.ServiceKit.Clients;

/// <summary>Finds the addresses of a host name, or the address itself of one: DNS, unless a test says otherwise.</summary>
internal delegate Task<IPAddress[]> HostLookup(string host, CancellationToken cancellationToken);
