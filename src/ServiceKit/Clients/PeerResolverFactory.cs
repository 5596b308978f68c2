using Grpc.Net.Client.Balancer;

namespace BooksForYou.ServiceKit.Clients;

/// <summary>Makes the resolver of a channel; the channel's address has the scheme <c>dns</c>.</summary>
internal sealed class PeerResolverFactory(PeerAddress peer, HostLookup lookup, TimeSpan refresh) : ResolverFactory
{
    public override string Name => "dns";

    public override Resolver Create(ResolverOptions options) =>
        new PeerResolver(peer, lookup, refresh, options.LoggerFactory, new ReconnectBackoff());
}
