using Grpc.Net.Client.Balancer;

namespace BooksForYou.ServiceKit.Clients;

/// <summary>How long to wait before a name is asked for again that could not be resolved: doubling, with jitter, and never long, since a
/// peer that is back
/// is to be used at once.</summary>
internal sealed class ReconnectBackoff : IBackoffPolicyFactory
{
    public static readonly TimeSpan Initial = TimeSpan.FromMilliseconds(100);
    public static readonly TimeSpan Max = TimeSpan.FromSeconds(1);

    public IBackoffPolicy Create() => new Policy();

    private sealed class Policy : IBackoffPolicy
    {
        private TimeSpan _next = Initial;

        public TimeSpan NextBackoff()
        {
            var current = _next;
            _next = TimeSpan.FromTicks(Math.Min(_next.Ticks * 2, Max.Ticks));
            return current * (0.8 + (0.4 * Random.Shared.NextDouble()));
        }
    }
}
