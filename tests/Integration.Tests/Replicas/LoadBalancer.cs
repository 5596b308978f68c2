using System.Net.Sockets;

namespace BooksForYou.Integration.Tests.Replicas;

/// <summary>
/// What stands before the replicas of Marketplace: it asks each whether it is ready, and gives every connection to the next one that is. A connection carries one
/// request.
/// </summary>
internal sealed class LoadBalancer : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly int _port;
    private readonly HttpClient _probe = new() { Timeout = TimeSpan.FromSeconds(2) };
    private readonly CancellationTokenSource _end = new();
    private readonly Task _watch;
    private volatile string[] _ready;
    private int _next;

    public LoadBalancer(int port)
    {
        _port = port;
        _ready = All;
        _watch = WatchAsync();
    }

    private static string[] All => [.. Enumerable.Range(0, ReplicatedStore.Replicas).Select(ReplicatedStore.AddressOf)];

    /// <summary>A visitor who has not been here before.</summary>
    public HttpClient NewVisitor() => new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.Zero, ConnectCallback = ConnectAsync })
    {
        BaseAddress = new Uri($"http://shop.test:{_port}"),
        Timeout = TimeSpan.FromSeconds(60),
    };

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _watch;
        _end.Dispose();
        _probe.Dispose();
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var ready = _ready;
        for (var attempt = 0; ; attempt++)
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(ready[(uint)Interlocked.Increment(ref _next) % ready.Length], _port, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (SocketException) when (attempt < ReplicatedStore.Replicas)
            {
                // As every balancer does: who refuses the connection has not got the request.
                socket.Dispose();
                ready = All;
            }
        }
    }

    private async Task WatchAsync()
    {
        using var timer = new PeriodicTimer(Interval);
        while (!_end.IsCancellationRequested)
        {
            var answers = await Task.WhenAll(All.Select(async address => (Address: address, IsReady: await IsReadyAsync(address))));
            var ready = answers.Where(answer => answer.IsReady).Select(answer => answer.Address).ToArray();
            _ready = ready.Length > 0 ? ready : All;
            try
            {
                await timer.WaitForNextTickAsync(_end.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task<bool> IsReadyAsync(string address)
    {
        try
        {
            using var response = await _probe.GetAsync($"http://{address}:{_port}/healthz/ready", _end.Token);
            return response.IsSuccessStatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }
}
