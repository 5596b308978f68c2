using System.Net;
using System.Net.Sockets;
using BooksForYou.Contracts.Health.V1;
using BooksForYou.ServiceKit.SampleHost;
using BooksForYou.ServiceKit.Tests.Hosting;
using Grpc.Core;
using ServingStatus = BooksForYou.Contracts.Health.V1.HealthCheckResponse.Types.ServingStatus;

namespace BooksForYou.ServiceKit.Tests.Shutdown;

public sealed class ShutdownProcessTests
{
    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task Signal_with_a_call_in_flight_finishes_it_and_refuses_new_connections(string signal)
    {
        await using var process = await SampleProcess.ServeAsync();
        using var channel = process.OpenChannel();
        var client = new SampleService.SampleServiceClient(channel);
        var call = client.WriteAsync(new SampleMessage { Text = "slow", DelayMs = 3000 });
        await process.WaitForAsync("Waiting");
        using var oneSecond = client.Listen(new SampleMessage { DelayMs = 1000, Count = 1 });
        Assert.Equal(1, await oneSecond.ResponseStream.ReadAllAsync().CountAsync());

        var signalled = DateTime.Now;
        await process.SignalAsync(signal);
        await process.WaitForAsync("ShutdownBegan");
        await WaitUntilRefusedAsync(process.GrpcPort);
        Assert.False(call.ResponseAsync.IsCompleted);

        Assert.Equal("slow", (await call).Text);
        var drained = await process.WaitForAsync("Drained");
        var (exitCode, _, errors) = await process.WaitForExitAsync();
        Assert.Equal(0, exitCode);
        Assert.Empty(errors);
        Assert.Equal(1, drained.GetProperty("Drained").GetInt32());
        Assert.InRange(process.ExitTime - signalled, TimeSpan.Zero, TimeSpan.FromSeconds(4));
    }

    [Fact]
    public async Task Signal_streams_without_end_are_UNAVAILABLE()
    {
        await using var process = await SampleProcess.ServeAsync("--shutdown-stream-grace", "0.2");
        using var channel = process.OpenChannel();
        var client = new SampleService.SampleServiceClient(channel);
        using var listen = client.Listen(new SampleMessage { DelayMs = 10_000 });
        using var chat = client.Chat();
        using var collect = client.Collect();
        Assert.True(await listen.ResponseStream.MoveNext(CancellationToken.None));
        await chat.RequestStream.WriteAsync(new SampleMessage());
        Assert.True(await chat.ResponseStream.MoveNext(CancellationToken.None));
        await collect.RequestStream.WriteAsync(new SampleMessage());

        await process.SignalAsync("TERM");
        var failures = await Task.WhenAll(
            Assert.ThrowsAsync<RpcException>(() => listen.ResponseStream.MoveNext(CancellationToken.None)),
            Assert.ThrowsAsync<RpcException>(() => chat.ResponseStream.MoveNext(CancellationToken.None)),
            Assert.ThrowsAsync<RpcException>(async () => await collect));
        Assert.All(failures, failure => Assert.Equal(StatusCode.Unavailable, failure.StatusCode));
        var drained = await process.WaitForAsync("Drained");
        Assert.Equal(0, drained.GetProperty("Drained").GetInt32());
        Assert.Equal(3, drained.GetProperty("EndedStreams").GetInt32());
        Assert.Equal(0, (await process.WaitForExitAsync()).ExitCode);
    }

    [Fact]
    public async Task Signal_stream_that_ends_within_the_grace_is_complete()
    {
        await using var process = await SampleProcess.ServeAsync();
        using var channel = process.OpenChannel();
        using var listen = new SampleService.SampleServiceClient(channel).Listen(new SampleMessage { DelayMs = 400, Count = 3 });
        Assert.True(await listen.ResponseStream.MoveNext(CancellationToken.None));
        await process.SignalAsync("TERM");
        Assert.Equal([2, 3], await listen.ResponseStream.ReadAllAsync().Select(message => message.Count).ToListAsync());
        Assert.Equal(0, (await process.WaitForExitAsync()).ExitCode);
    }

    [Fact]
    public async Task Signal_with_a_delay_is_not_ready_while_it_still_takes_connections()
    {
        await using var process = await SampleProcess.ServeAsync("--shutdown-delay", "1");
        using var channel = process.OpenChannel();
        using var watch = new Contracts.Health.V1.Health.HealthClient(channel).Watch(new HealthCheckRequest { Service = "readiness" });
        Assert.True(await watch.ResponseStream.MoveNext(CancellationToken.None));
        await process.SignalAsync("TERM");
        Assert.True(await watch.ResponseStream.MoveNext(CancellationToken.None));
        Assert.Equal(ServingStatus.NotServing, watch.ResponseStream.Current.Status);

        using var latecomer = process.OpenChannel();
        Assert.Equal("late", (await new SampleService.SampleServiceClient(latecomer).ReadAsync(new SampleMessage { Text = "late" })).Text);
        var exception = await Assert.ThrowsAsync<RpcException>(() => watch.ResponseStream.MoveNext(CancellationToken.None));
        Assert.Equal(StatusCode.Unavailable, exception.StatusCode);
        Assert.Equal(0, (await process.WaitForExitAsync()).ExitCode);
    }

    [Fact]
    public async Task Signal_call_that_takes_too_long_is_cut_off()
    {
        await using var process = await SampleProcess.ServeAsync("--shutdown-timeout", "0.5");
        using var channel = process.OpenChannel();
        var call = new SampleService.SampleServiceClient(channel).WriteAsync(new SampleMessage { DelayMs = 60_000 });
        await process.WaitForAsync("Waiting");
        await process.SignalAsync("TERM");
        await Assert.ThrowsAsync<RpcException>(async () => await call);
        var cutOff = await process.WaitForAsync("CutOff");
        Assert.Equal(1, cutOff.GetProperty("CutOff").GetInt32());
        Assert.Equal(0, (await process.WaitForExitAsync()).ExitCode);
    }

    [Theory]
    [InlineData("TERM", 143)]
    [InlineData("INT", 130)]
    public async Task Signal_twice_ends_at_once(string signal, int exitCode)
    {
        await using var process = await SampleProcess.ServeAsync();
        using var channel = process.OpenChannel();
        var call = new SampleService.SampleServiceClient(channel).WriteAsync(new SampleMessage { DelayMs = 60_000 });
        await process.WaitForAsync("Waiting");
        await process.SignalAsync(signal);
        await process.WaitForAsync("ShutdownBegan");
        await process.SignalAsync(signal);
        Assert.Equal(exitCode, (await process.WaitForExitAsync()).ExitCode);
        await Assert.ThrowsAsync<RpcException>(async () => await call);
    }

    private static async Task WaitUntilRefusedAsync(int port)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        while (true)
        {
            using var client = new TcpClient();
            try
            {
                await client.ConnectAsync(IPAddress.Loopback, port, limit.Token);
            }
            catch (SocketException exception) when (exception.SocketErrorCode == SocketError.ConnectionRefused)
            {
                return;
            }
            catch (SocketException exception) when (exception.SocketErrorCode == SocketError.ConnectionReset)
            {
                // The very moment in which the port closes.
            }
        }
    }
}
