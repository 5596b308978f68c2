using BooksForYou.ServiceKit.Hosting;
using Grpc.Core;
using Grpc.Net.Client.Balancer;
using Microsoft.Extensions.Logging;

namespace BooksForYou.ServiceKit.Clients;

/// <summary>Keeps the addresses of a peer up to date: asked for at regular intervals, and at once when a connection is lost.</summary>
/// <remarks>The resolver that comes with the client library waits 15 s between two questions, in which a container that was replaced is not
/// found.</remarks>
internal sealed class PeerResolver(
    PeerAddress peer,
    HostLookup lookup,
    TimeSpan refresh,
    ILoggerFactory loggerFactory,
    IBackoffPolicyFactory backoff)
    : PollingResolver(loggerFactory, backoff)
{
    private static readonly TimeSpan LeastInterval = TimeSpan.FromMilliseconds(500);

    private Timer? _timer;
    private long _lastResolved;

    protected override void OnStarted()
    {
        base.OnStarted();
        _timer = new Timer(_ => AskAgain(), null, refresh, refresh);
    }

    protected override async Task ResolveAsync(CancellationToken cancellationToken)
    {
        var wait = LeastInterval - TimeSpan.FromMilliseconds(Environment.TickCount64 - _lastResolved);
        if (_lastResolved != 0 && wait > TimeSpan.Zero)
        {
            // Every lost connection asks, and a peer that goes down loses many at once.
            await Task.Delay(wait, cancellationToken);
        }

        try
        {
            var addresses = await lookup(peer.Host, cancellationToken);
            Listener(addresses.Length > 0
                ? ResolverResult.ForResult([.. addresses.Select(address => new BalancerAddress(address.ToString(), peer.Port))])
                : ResolverResult.ForFailure(new Status(StatusCode.Unavailable, $"The name {peer.Host} has no addresses.")));
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Listener(ResolverResult.ForFailure(new Status(StatusCode.Unavailable, $"The name {peer.Host} cannot be resolved.", exception)));
        }
        finally
        {
            _lastResolved = Environment.TickCount64;
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _timer?.Dispose();
        }

        base.Dispose(disposing);
    }

    private void AskAgain()
    {
        try
        {
            Refresh();
        }
        catch (ObjectDisposedException)
        {
            // The channel was closed in between.
        }
    }
}
