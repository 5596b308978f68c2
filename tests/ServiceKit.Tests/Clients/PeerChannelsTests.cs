using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using BooksForYou.ServiceKit.Clients;
using BooksForYou.ServiceKit.SampleHost;
using BooksForYou.ServiceKit.Tests.Hosting;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BooksForYou.ServiceKit.Tests.Clients;

public sealed class PeerChannelsTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    public async Task Call_peer_that_comes_back_is_used_again_without_a_restart(string host)
    {
        var backend = await Backend.StartAsync();
        var port = backend.Port;
        await using var caller = Caller.Of($"{host}:{port}");
        Assert.Equal("again", (await caller.ReadUntilAnsweredAsync()).Text);

        await backend.DisposeAsync();
        var exception = await caller.FailAsync(client => client.WriteAsync(new SampleMessage()));
        Assert.Equal(StatusCode.Unavailable, exception.StatusCode);

        await using var reborn = await Backend.StartAsync(port: port);
        var down = Stopwatch.StartNew();
        Assert.Equal("again", (await caller.ReadUntilAnsweredAsync()).Text);
        Assert.InRange(down.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task Call_peer_that_comes_and_goes_under_calls_is_used_again_each_time()
    {
        var backend = await Backend.StartAsync();
        var port = backend.Port;
        await using var caller = Caller.Of($"localhost:{port}");
        using var end = new CancellationTokenSource();
        var callers = Enumerable.Range(0, 8).Select(_ => CallUntilAsync(caller.Client, end.Token)).ToList();
        for (var life = 0; life < 6; life++)
        {
            await backend.DisposeAsync();

            // Who connects meanwhile is let in and thrown out.
            using (var door = new TcpListener(IPAddress.Loopback, port))
            {
                door.Start();
                for (var visit = 0; visit < 2; visit++)
                {
                    using var visitor = await door.AcceptSocketAsync(TestContext.Current.CancellationToken);
                }
            }

            backend = await Backend.StartAsync(port: port);
            Assert.Equal("again", (await caller.ReadUntilAnsweredAsync()).Text);
        }

        await end.CancelAsync();
        await Task.WhenAll(callers);
        await backend.DisposeAsync();
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    public async Task Call_peer_that_is_down_fails_at_once_retries_included(string host)
    {
        await using var caller = Caller.Of($"{host}:{FreePort.Next()}");

        // The best of a few: the first pays for compiling all this, and the machine may be busy.
        var fastest = TimeSpan.MaxValue;
        for (var i = 0; i < 5; i++)
        {
            var elapsed = Stopwatch.StartNew();
            var exception = await caller.FailAsync(client => client.ReadAsync(new SampleMessage()));
            Assert.Equal(StatusCode.Unavailable, exception.StatusCode);
            fastest = elapsed.Elapsed < fastest ? elapsed.Elapsed : fastest;
        }

        Assert.InRange(fastest.TotalMilliseconds, 0, 150);
    }

    [Fact]
    public async Task Call_service_of_this_process_before_it_serves_is_unavailable_and_works_afterwards()
    {
        await using var application = TestApplication.BuildSample(
            builder => builder.AddService("Sample").AddClient<SampleService.SampleServiceClient>("Sample"));
        var client = application.Services.GetRequiredService<SampleService.SampleServiceClient>();

        var exception = await Assert.ThrowsAsync<RpcException>(async () => await client.ReadAsync(new SampleMessage()));
        Assert.Equal(StatusCode.Unavailable, exception.StatusCode);

        await application.StartAsync();
        Assert.Equal("now", (await client.ReadAsync(new SampleMessage { Text = "now" })).Text);
    }

    [Fact]
    public async Task Call_name_with_two_addresses_is_balanced_over_both()
    {
        await using var first = await Backend.StartAsync(IPAddress.Parse("127.0.0.1"));
        await using var second = await Backend.StartAsync(IPAddress.Parse("127.0.0.2"), first.Port);
        IPAddress[] addresses = [IPAddress.Parse("127.0.0.1"), IPAddress.Parse("127.0.0.2")];
        await using var caller = Caller.Of($"sample:{first.Port}", Caller.Lookup(() => addresses));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));

        // The second connection may be up a moment after the first.
        while (first.CallCount == 0 || second.CallCount == 0)
        {
            await caller.Client.ReadAsync(new SampleMessage(), cancellationToken: limit.Token);
        }

        var (before, other) = (first.CallCount, second.CallCount);
        for (var i = 0; i < 20; i++)
        {
            await caller.Client.ReadAsync(new SampleMessage());
        }

        Assert.Equal((10, 10), (first.CallCount - before, second.CallCount - other));
    }

    [Fact]
    public async Task Call_peer_that_moved_is_found_at_its_new_address()
    {
        var first = await Backend.StartAsync(IPAddress.Parse("127.0.0.1"));
        await using var second = await Backend.StartAsync(IPAddress.Parse("127.0.0.2"), first.Port);
        IPAddress[] addresses = [IPAddress.Parse("127.0.0.1")];
        await using var caller = Caller.Of($"sample:{first.Port}", Caller.Lookup(() => addresses));
        await caller.Client.ReadAsync(new SampleMessage());

        addresses = [IPAddress.Parse("127.0.0.2")];
        await first.DisposeAsync();
        await caller.ReadUntilAnsweredAsync();
        Assert.NotEqual(0, second.CallCount);
    }

    [Fact]
    public async Task Call_new_address_is_used_when_names_are_asked_for_again()
    {
        await using var first = await Backend.StartAsync(IPAddress.Parse("127.0.0.1"));
        await using var second = await Backend.StartAsync(IPAddress.Parse("127.0.0.2"), first.Port);
        IPAddress[] addresses = [IPAddress.Parse("127.0.0.1")];
        await using var caller = Caller.Of($"sample:{first.Port}", Caller.Lookup(() => addresses), "--dns-refresh", "1");
        await caller.Client.ReadAsync(new SampleMessage());
        Assert.Equal(0, second.CallCount);

        addresses = [IPAddress.Parse("127.0.0.1"), IPAddress.Parse("127.0.0.2")];
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (second.CallCount == 0)
        {
            await caller.Client.ReadAsync(new SampleMessage(), cancellationToken: limit.Token);
        }
    }

    [Fact]
    public async Task Call_name_that_is_not_known_yet_is_UNAVAILABLE_until_it_is()
    {
        await using var backend = await Backend.StartAsync();
        var known = false;
        await using var caller = Caller.Of(
            $"sample:{backend.Port}",
            Caller.Lookup(() => known ? [IPAddress.Loopback] : throw new SocketException((int)SocketError.HostNotFound)));
        var exception = await caller.FailAsync(client => client.WriteAsync(new SampleMessage()));
        Assert.Equal(StatusCode.Unavailable, exception.StatusCode);

        known = true;
        Assert.Equal("again", (await caller.ReadUntilAnsweredAsync()).Text);
    }

    [Fact]
    public async Task Call_peer_down_whose_name_is_not_known_for_a_while_is_used_again_when_it_is_back()
    {
        var backend = await Backend.StartAsync();
        var (port, known) = (backend.Port, true);
        await using var caller = Caller.Of(
            $"sample:{port}", Caller.Lookup(() => known ? [IPAddress.Loopback] : throw new SocketException((int)SocketError.HostNotFound)));
        await caller.ReadUntilAnsweredAsync();

        known = false;
        await backend.DisposeAsync();
        string detail;
        do
        {
            detail = (await caller.FailAsync(client => client.WriteAsync(new SampleMessage()))).Status.Detail;
        }
        while (!detail.Contains("sample", StringComparison.Ordinal));

        await using var reborn = await Backend.StartAsync(port: port);
        known = true;
        Assert.Equal("again", (await caller.ReadUntilAnsweredAsync()).Text);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    public async Task Call_connection_that_the_library_has_given_up_is_made_anew(string host)
    {
        await using var backend = await Backend.StartAsync();
        using var fault = new FaultWhileConnecting();
        await using var caller = Caller.Of(
            $"{host}:{backend.Port}",
            lookup: null,
            builder => builder.Logging.AddProvider(fault).AddFilter<FaultWhileConnecting>("Grpc.Net.Client.Balancer", LogLevel.Debug));

        Assert.Equal("again", (await caller.ReadUntilAnsweredAsync()).Text);

        Assert.True(fault.Happened);
    }

    [Fact]
    public async Task Call_IPv6_address_in_brackets_is_reached()
    {
        await using var backend = await Backend.StartAsync(IPAddress.IPv6Loopback);
        await using var caller = Caller.Of($"[::1]:{backend.Port}");
        Assert.Equal("six", (await caller.Client.ReadAsync(new SampleMessage { Text = "six" })).Text);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    public async Task Call_peer_that_hangs_ends_at_the_deadline(string host)
    {
        // Accepts connections, by way of the system, and never says a word.
        using var hung = new TcpListener(IPAddress.Loopback, 0);
        hung.Start();
        await using var caller = Caller.Of($"{host}:{((IPEndPoint)hung.LocalEndpoint).Port}", null, "--deadline-ms", "300");
        var elapsed = Stopwatch.StartNew();
        var exception = await caller.FailAsync(client => client.ReadAsync(new SampleMessage()));
        Assert.Equal(StatusCode.DeadlineExceeded, exception.StatusCode);
        Assert.InRange(elapsed.ElapsedMilliseconds, 250, 5000);
    }

    private static async Task CallUntilAsync(SampleService.SampleServiceClient client, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            try
            {
                await client.WriteAsync(new SampleMessage(), deadline: DateTime.UtcNow.AddSeconds(1), cancellationToken: CancellationToken.None);
            }
            catch (RpcException)
            {
                // It is down. Nobody asks without a pause: that would be a test of the processor.
                await Task.Delay(TimeSpan.FromMilliseconds(20), CancellationToken.None);
            }
        }
    }

    /// <summary>A fault in the client library while it connects for the first time, after which it neither tries again nor can be asked to.</summary>
    private sealed class FaultWhileConnecting : ILoggerProvider, ILogger
    {
        private int _faults;

        public bool Happened => _faults > 0;

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (eventId.Name == "ConnectingTransport" && Interlocked.Exchange(ref _faults, 1) == 0)
            {
                throw new InvalidOperationException("A fault while connecting.");
            }
        }

        public void Dispose()
        {
        }
    }
}
