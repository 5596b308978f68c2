using System.Net;
using System.Net.Sockets;
using BooksForYou.Contracts.Ops.V1;
using BooksForYou.ServiceKit.Clients;
using BooksForYou.ServiceKit.Errors;
using Grpc.Core;

namespace BooksForYou.ServiceKit.Ops;

/// <summary>
/// Asks all processes of the store for what they know about themselves: this one, and each address that the name of a service has. All at once; what does
/// not answer in time is away.
/// </summary>
public sealed class StoreReports
{
    private const string Here = "here";

    private readonly ProcessReporter _own;
    private readonly PeerChannels _channels;
    private readonly TimeProvider _time;

    internal StoreReports(ProcessReporter own, PeerChannels channels, TimeProvider time) => (_own, _channels, _time) = (own, channels, time);

    /// <summary>Asks.</summary>
    /// <param name="service">The name of the service that this process is.</param>
    /// <param name="peers">The names of the others.</param>
    /// <param name="deadline">How long to wait.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A report of each process, this one first, and an answer without a report for each address that is away.</returns>
    public async Task<IReadOnlyList<ProcessAnswer>> ReadAsync(
        string service, IEnumerable<string> peers, TimeSpan deadline, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(peers);
        var until = _time.GetUtcNow() + deadline;
        var asked = await Task.WhenAll(peers.Select(peer => AskAllAsync(peer, until, cancellationToken)));

        // Several names may lead to one process.
        return
        [
            .. asked.SelectMany(answers => answers)
                .Prepend(new ProcessAnswer(service, Here, _own.Read(), ""))
                .DistinctBy(answer => answer.Report?.InstanceId ?? $"{answer.Service} {answer.Address}"),
        ];
    }

    private async Task<IEnumerable<ProcessAnswer>> AskAllAsync(string peer, DateTimeOffset until, CancellationToken cancellationToken)
    {
        IReadOnlyList<PeerPlace> places;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(until - _time.GetUtcNow());
        try
        {
            places = await _channels.PlacesAsync(peer, limit.Token);
        }
        catch (Exception exception) when (exception is SocketException or RpcException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return [new ProcessAnswer(peer, _channels.NameOf(peer), null, "its name has no address")];
        }

        return await Task.WhenAll(places.Select(place => AskAsync(peer, place, until, cancellationToken)));
    }

    private async Task<ProcessAnswer> AskAsync(string peer, PeerPlace place, DateTimeOffset until, CancellationToken cancellationToken)
    {
        using var channel = _channels.Open(peer, place, OpsService.Descriptor, out var invoker);
        var options = new CallOptions(deadline: until.UtcDateTime, cancellationToken: cancellationToken);
        try
        {
            var answer = await new OpsService.OpsServiceClient(invoker).GetProcessReportAsync(new GetProcessReportRequest(), options);
            return new ProcessAnswer(peer, place.ToString(), answer.Report, "");
        }
        catch (RpcException exception) when (!cancellationToken.IsCancellationRequested)
        {
            return new ProcessAnswer(peer, place.ToString(), null, StatusCodeNames.Of(exception.StatusCode));
        }
    }
}
