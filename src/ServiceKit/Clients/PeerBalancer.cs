using System.Runtime.CompilerServices;
using Grpc.Core;
using Grpc.Net.Client.Balancer;
using Microsoft.Extensions.Logging;

namespace BooksForYou.ServiceKit.Clients;

/// <summary>Balances calls over the addresses of a peer that are connected, in turn. One whose connection has just failed is left out for a moment, while
/// there are others: the library may take it for connected until it is back.</summary>
/// <remarks>In the moment in which the last connection is lost the base class may say INTERNAL, "Unknown error.", as the library's own
/// round-robin
/// does. What it means is UNAVAILABLE, and only that is retried.</remarks>
internal sealed class PeerBalancer(IChannelControlHelper controller, ILoggerFactory loggerFactory)
    : SubchannelsLoadBalancer(new Controls(controller), loggerFactory)
{
    private readonly ConditionalWeakTable<Subchannel, Trouble> _troubles = [];

    protected override SubchannelPicker CreatePicker(IReadOnlyList<Subchannel> readySubchannels) => new TurnPicker(
        [.. readySubchannels.Select(subchannel => (subchannel, _troubles.GetOrAdd(subchannel, static _ => new Trouble())))]);

    private sealed class TurnPicker((Subchannel Subchannel, Trouble Trouble)[] ready) : SubchannelPicker
    {
        // Not all callers start with the same instance.
        private uint _next = (uint)Random.Shared.Next(ready.Length);

        public override PickResult Pick(PickContext context)
        {
            var (subchannel, trouble) = Next();
            for (var tries = 1; trouble.IsFresh && tries < ready.Length; tries++)
            {
                (subchannel, trouble) = Next();
            }

            return PickResult.ForSubchannel(subchannel, trouble);
        }

        private (Subchannel Subchannel, Trouble Trouble) Next() => ready[(int)(Interlocked.Increment(ref _next) % (uint)ready.Length)];
    }

    // Whether a connection has failed of late. A call that took too long, or whose caller left, tells nothing of that.
    private sealed class Trouble : ISubchannelCallTracker
    {
        private const int Milliseconds = 1000;

        private long _last = -Milliseconds;

        public bool IsFresh => Environment.TickCount64 - Interlocked.Read(ref _last) < Milliseconds;

        public void Start()
        {
            // It is the end that tells.
        }

        public void Complete(CompletionContext context)
        {
            if (context.Error is not null and not OperationCanceledException)
            {
                Interlocked.Exchange(ref _last, Environment.TickCount64);
            }
        }
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
