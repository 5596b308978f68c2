using System.Net;
using Grpc.Core;
using Grpc.Net.Client.Balancer;
using Microsoft.Extensions.Logging;

namespace BooksForYou.ServiceKit.Clients;

/// <summary>
/// Balances calls over the addresses of a peer that are connected, in turn. One whose connection has just failed is left out for a moment, while
/// there are others: the library may take it for connected until it is back. A connection that the library has given up, or lost sight of, is
/// made anew.
/// </summary>
/// <remarks>
/// The library's own balancers leave connecting to its subchannels. Those end their tries when something unexpected happens to one, and one that
/// loses its connection in the moment in which it gets it may take itself for connected, or for connecting, for ever. Nothing but time tells.
/// In the moment in which the last connection is lost those balancers also say INTERNAL; what they mean is UNAVAILABLE, and only that is retried.
/// The library calls all of this under a lock of its own, but for <see cref="LookForStandstill"/>.
/// </remarks>
internal sealed partial class PeerBalancer : LoadBalancer
{
    private static readonly TimeSpan WatchInterval = TimeSpan.FromSeconds(1);

    private readonly IChannelControlHelper _channel;
    private readonly ILogger _logger;
    private readonly Timer _watch;
    private volatile PeerConnection[] _connections = [];

    public PeerBalancer(IChannelControlHelper channel, ILoggerFactory loggerFactory)
    {
        _channel = channel;
        _logger = loggerFactory.CreateLogger<PeerBalancer>();
        _watch = new Timer(_ => LookForStandstill(), null, WatchInterval, WatchInterval);
    }

    public override void UpdateChannelState(ChannelState state)
    {
        if (state is { Status.StatusCode: StatusCode.OK, Addresses: { } addresses })
        {
            Use([.. addresses.DistinctBy(address => address.EndPoint)]);
        }
        else if (!_connections.Any(connection => connection.State == ConnectivityState.Ready))
        {
            Replace([]);
            _channel.UpdateState(new BalancerState(ConnectivityState.TransientFailure, new FixedPicker(PickResult.ForFailure(state.Status))));
        }
    }

    public override void RequestConnection()
    {
        foreach (var connection in _connections)
        {
            connection.Subchannel.RequestConnection();
        }
    }

    protected override void Dispose(bool disposing)
    {
        _watch.Dispose();
        Replace([]);
        base.Dispose(disposing);
    }

    private void Use(List<BalancerAddress> addresses)
    {
        var before = _connections;
        var now = addresses
            .Select(address => before.FirstOrDefault(connection => connection.EndPoint.Equals(address.EndPoint) && !connection.StandsStill) ?? Add(address))
            .ToArray();
        if (now.Length == before.Length && !now.Except(before).Any())
        {
            return;
        }

        foreach (var connection in before.Except(now).Where(connection => now.Any(other => other.EndPoint.Equals(connection.EndPoint))))
        {
            LogStoodStill(connection.EndPoint, connection.State);
        }

        Replace(now);
        foreach (var connection in now.Except(before))
        {
            connection.Subchannel.RequestConnection();
        }

        UpdatePicker(Status.DefaultSuccess);
    }

    private PeerConnection Add(BalancerAddress address)
    {
        var connection = new PeerConnection(_channel.CreateSubchannel(new SubchannelOptions([address])), address.EndPoint);
        connection.Subchannel.OnStateChanged(state => Changed(connection, state));
        return connection;
    }

    private void Replace(PeerConnection[] connections)
    {
        var before = _connections;
        _connections = connections;
        foreach (var connection in before.Except(connections))
        {
            connection.Subchannel.Dispose();
        }
    }

    private void Changed(PeerConnection connection, SubchannelState state)
    {
        connection.State = state.State;
        if (!_connections.Contains(connection))
        {
            return;
        }

        UpdatePicker(state.Status);
        if (state.State is ConnectivityState.TransientFailure or ConnectivityState.Idle)
        {
            _channel.RefreshResolver();
        }

        if (state.State == ConnectivityState.Idle)
        {
            connection.Subchannel.RequestConnection();
        }
    }

    /// <param name="status">Why the last connection that changed is as it is.</param>
    private void UpdatePicker(Status status)
    {
        var connections = _connections;
        PeerConnection[] ready = [.. connections.Where(connection => connection.State == ConnectivityState.Ready)];
        _channel.UpdateState(
            ready.Length > 0 ? new BalancerState(ConnectivityState.Ready, new TurnPicker(ready))
            : connections.All(connection => connection.State == ConnectivityState.TransientFailure) ? new BalancerState(
                ConnectivityState.TransientFailure,
                new FixedPicker(PickResult.ForFailure(
                    status.StatusCode == StatusCode.OK ? new Status(StatusCode.Unavailable, "The peer cannot be reached.") : status)))
            : new BalancerState(ConnectivityState.Connecting, new FixedPicker(PickResult.ForQueue())));
    }

    /// <summary>What stands still is replaced when the addresses of the peer are known again, since that happens under the lock.</summary>
    private void LookForStandstill()
    {
        try
        {
            if (_connections.Any(connection => connection.StandsStill))
            {
                _channel.RefreshResolver();
            }
        }
        catch (ObjectDisposedException)
        {
            // The channel was closed in between.
        }
    }

    [LoggerMessage(
        EventName = "ConnectionStoodStill",
        Level = LogLevel.Warning,
        Message = "The connection to {Address} was {State} without end; it is made anew.")]
    private partial void LogStoodStill(DnsEndPoint address, ConnectivityState state);

    private sealed class FixedPicker(PickResult result) : SubchannelPicker
    {
        public override PickResult Pick(PickContext context) => result;
    }

    private sealed class TurnPicker(PeerConnection[] ready) : SubchannelPicker
    {
        // Not all callers start with the same instance.
        private uint _next = (uint)Random.Shared.Next(ready.Length);

        public override PickResult Pick(PickContext context)
        {
            var connection = Next();
            for (var tries = 1; connection.HasJustFailed && tries < ready.Length; tries++)
            {
                connection = Next();
            }

            return PickResult.ForSubchannel(connection.Subchannel, connection);
        }

        private PeerConnection Next() => ready[(int)(Interlocked.Increment(ref _next) % (uint)ready.Length)];
    }
}
