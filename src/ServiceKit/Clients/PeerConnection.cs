using System.Net;
using Grpc.Core;
using Grpc.Net.Client.Balancer;

namespace BooksForYou.ServiceKit.Clients;

/// <summary>The connection to one process of a peer, and what is known of it.</summary>
internal sealed class PeerConnection(Subchannel subchannel, DnsEndPoint endPoint) : ISubchannelCallTracker
{
    // A try to connect ends after 1.5 s, and a pause between two after 1.2 s.
    private const int StandstillMilliseconds = 5000;
    private const int FailureMilliseconds = 1000;

    private volatile ConnectivityState _state = ConnectivityState.Idle;
    private long _changed = Environment.TickCount64;
    private long _failed = -FailureMilliseconds;

    public Subchannel Subchannel { get; } = subchannel;

    public DnsEndPoint EndPoint { get; } = endPoint;

    /// <summary>What the library has said last.</summary>
    public ConnectivityState State
    {
        get => _state;
        set
        {
            _state = value;
            Interlocked.Exchange(ref _changed, Environment.TickCount64);
        }
    }

    /// <summary>Whether nothing has happened for longer than anything takes, and there is no connection.</summary>
    public bool StandsStill => Environment.TickCount64 - Interlocked.Read(ref _changed) > StandstillMilliseconds
        && (State != ConnectivityState.Ready || Subchannel.CurrentAddress is null);

    /// <summary>Whether a call has failed of late because of the connection. One that took too long, or whose caller left, tells nothing of that.</summary>
    public bool HasJustFailed => Environment.TickCount64 - Interlocked.Read(ref _failed) < FailureMilliseconds;

    void ISubchannelCallTracker.Start()
    {
        // It is the end that tells.
    }

    void ISubchannelCallTracker.Complete(CompletionContext context)
    {
        if (context.Error is not null and not OperationCanceledException)
        {
            Interlocked.Exchange(ref _failed, Environment.TickCount64);
        }
    }
}
