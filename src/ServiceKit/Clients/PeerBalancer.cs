using Grpc.Core;
using Grpc.Net.Client.Balancer;
using Microsoft.Extensions.Logging;

namespace BooksForYou.ServiceKit.Clients;

/// <summary>Balances calls over the addresses of a peer that are connected, in turn.</summary>
/// <remarks>In the moment in which the last connection is lost the base class may say INTERNAL, "Unknown error.", as the library's own
/// round-robin
/// does. What it means is UNAVAILABLE, and only that is retried.</remarks>
internal sealed class PeerBalancer(IChannelControlHelper controller, ILoggerFactory loggerFactory)
    : SubchannelsLoadBalancer(new Controls(controller), loggerFactory)
{
    protected override SubchannelPicker CreatePicker(IReadOnlyList<Subchannel> readySubchannels) => new TurnPicker(readySubchannels);

    private sealed class TurnPicker(IReadOnlyList<Subchannel> ready) : SubchannelPicker
    {
        // Not all callers start with the same instance.
        private uint _next = (uint)Random.Shared.Next(ready.Count);

        public override PickResult Pick(PickContext context) =>
            PickResult.ForSubchannel(ready[(int)(Interlocked.Increment(ref _next) % (uint)ready.Count)]);
    }

    private sealed class Controls(IChannelControlHelper inner) : IChannelControlHelper
    {
        public Subchannel CreateSubchannel(SubchannelOptions options) => inner.CreateSubchannel(options);

        public void RefreshResolver() => inner.RefreshResolver();

        public void UpdateState(BalancerState state) => inner.UpdateState(state.ConnectivityState == ConnectivityState.TransientFailure
            ? new BalancerState(state.ConnectivityState, new DownPicker(state.Picker))
            : state);
    }
}
