using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace BooksForYou.Integration.Tests;

/// <summary>A connection to a service that a test can make slow: what the service says arrives later by <see cref="Delay"/>.</summary>
internal sealed class SlowLink : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly int _target;
    private readonly Task _accepting;
    private long _delayTicks;

    /// <param name="target">The port of the service on this machine.</param>
    public SlowLink(int target)
    {
        _target = target;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Where callers connect to.</summary>
    public string Address => $"localhost:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>How much later every answer arrives.</summary>
    public TimeSpan Delay
    {
        get => TimeSpan.FromTicks(Interlocked.Read(ref _delayTicks));
        set => Interlocked.Exchange(ref _delayTicks, value.Ticks);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            try
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
            }
            catch (SocketException) when (!_stop.IsCancellationRequested)
            {
                // The caller left before it was let in; the next one is not to find the door shut for that.
            }
        }
    }

    private async Task ServeAsync(TcpClient caller)
    {
        using (caller)
        using (var service = new TcpClient { NoDelay = true })
        {
            caller.NoDelay = true;
            try
            {
                await service.ConnectAsync(IPAddress.Loopback, _target, _stop.Token);
                await Task.WhenAny(
                    caller.GetStream().CopyToAsync(service.GetStream(), _stop.Token),
                    CopySlowlyAsync(service.GetStream(), caller.GetStream()));
            }
            catch (Exception exception) when (exception is SocketException or OperationCanceledException)
            {
                // The service is down: so is the connection to it.
            }
        }
    }

    /// <summary>Passes on in order, each piece when its time has come; the next ones are read meanwhile.</summary>
    private async Task CopySlowlyAsync(NetworkStream from, NetworkStream to)
    {
        var pieces = Channel.CreateUnbounded<(byte[] Bytes, DateTime Due)>();
        var writing = Task.Run(async () =>
        {
            await foreach (var (bytes, due) in pieces.Reader.ReadAllAsync(_stop.Token))
            {
                if (due - DateTime.UtcNow is { Ticks: > 0 } rest)
                {
                    await Task.Delay(rest, _stop.Token);
                }

                await to.WriteAsync(bytes, _stop.Token);
            }
        });
        var buffer = new byte[16 * 1024];
        try
        {
            while (await from.ReadAsync(buffer, _stop.Token) is > 0 and var read)
            {
                pieces.Writer.TryWrite((buffer[..read], DateTime.UtcNow + Delay));
            }
        }
        finally
        {
            pieces.Writer.Complete();
            await writing;
        }
    }
}
