using Grpc.Net.Client.Balancer;

namespace BooksForYou.ServiceKit.Clients;

/// <summary>Makes the balancer of a channel whose service config names the policy.</summary>
internal sealed class PeerBalancerFactory : LoadBalancerFactory
{
    public const string PolicyName = "booksforyou_in_turn";

    public override string Name => PolicyName;

    public override LoadBalancer Create(LoadBalancerOptions options) => new PeerBalancer(options.Controller, options.LoggerFactory);
}
