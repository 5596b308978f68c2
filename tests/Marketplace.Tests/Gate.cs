using System.Net;
using System.Net.Sockets;

namespace BooksForYou.Marketplace.Tests;

/// <summary>Stands before a service of this machine as the network does: passes everything on, takes the connection away, or lets nothing through any more.</summary>
internal sealed class Gate : IAsyncDisposable
{
    private readonly int _target;
    private readonly CancellationTokenSource _end = new();
    private readonly Lock _lock = new();
    private readonly List<Socket> _sockets = [];
    private TcpListener? _listener;
    private TaskCompletionSource _answersPass = Passed();
    private TaskCompletionSource _questionsPass = Passed();

    public Gate(int target)
    {
        _target = target;
        Open();
    }

    /// <summary>Where to ask for the service.</summary>
    public int Port { get; private set; }

    /// <summary>The address as a <c>…_HOST</c> setting takes it.</summary>
    public string Host => $"127.0.0.1:{Port}";

    /// <summary>Passes everything on, and what was held back too.</summary>
    public void Open()
    {
        if (_listener is null)
        {
            _listener = new TcpListener(IPAddress.Loopback, Port);
            _listener.Start();
            Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
            _ = AcceptAsync(_listener);
        }

        _answersPass.TrySetResult();
        _questionsPass.TrySetResult();
    }

    /// <summary>The service is down: connections end, and new ones are refused.</summary>
    public void Close()
    {
        _listener?.Stop();
        _listener = null;
        lock (_lock)
        {
            _sockets.ForEach(socket => socket.Dispose());
            _sockets.Clear();
        }
    }

    /// <summary>The service hangs: connections are accepted, and nothing goes through.</summary>
    public void Hold()
    {
        _questionsPass = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        HoldAnswers();
    }

    /// <summary>The service hears everything, and its answers do not arrive.</summary>
    public void HoldAnswers() => _answersPass = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        Close();
        _end.Dispose();
    }

    private static TaskCompletionSource Passed()
    {
        var passed = new TaskCompletionSource();
        passed.SetResult();
        return passed;
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (true)
            {
                _ = ConnectAsync(await listener.AcceptSocketAsync(_end.Token));
            }
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Closed.
        }
    }

    private async Task ConnectAsync(Socket caller)
    {
        var service = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await service.ConnectAsync(IPAddress.Loopback, _target, _end.Token);
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException)
        {
            // The service has not opened its port yet, or not any more.
            service.Dispose();
            caller.Dispose();
            return;
        }

        caller.NoDelay = true;
        lock (_lock)
        {
            _sockets.AddRange([caller, service]);
        }

        await Task.WhenAll(PassAsync(caller, service, () => _questionsPass), PassAsync(service, caller, () => _answersPass));
    }

    private async Task PassAsync(Socket from, Socket to, Func<TaskCompletionSource> pass)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer, _end.Token) is > 0 and var count)
            {
                await pass().Task.WaitAsync(_end.Token);
                await to.SendAsync(buffer.AsMemory(0, count), _end.Token);
            }
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // One of the two has gone; so has the other in a moment.
        }
        finally
        {
            from.Dispose();
            to.Dispose();
        }
    }
}
