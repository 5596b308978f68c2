using System.Runtime.CompilerServices;
using BooksForYou.ServiceKit.Errors;
using BooksForYou.ServiceKit.Testing;
using Grpc.Core;

namespace BooksForYou.ServiceKit.Tests.Telemetry;

public sealed class ClientMetricsTests
{
    public static TheoryData<EchoTransport, MethodType> TransportsAndShapes => Calls.TransportsAndShapes;

    public static TheoryData<MethodType> Shapes => Calls.Shapes;

    [Theory]
    [MemberData(nameof(TransportsAndShapes))]
    public async Task Call_succeeds_is_counted_once(EchoTransport transport, MethodType shape)
    {
        await using var host = await EchoHost.StartAsync(options => options.Transport = transport);

        await host.Client.CallAsync(shape, ["a", "b"]);

        var duration = await host.OnlyDurationAsync(Calls.Made);
        Assert.Equal(3, duration.Tags.Count);
        Assert.Equal("grpc", duration["rpc.system.name"]);
        Assert.Equal(Calls.NameOf(shape), duration["rpc.method"]);
        Assert.Equal("OK", duration["rpc.response.status_code"]);
    }

    [Theory]
    [MemberData(nameof(TransportsAndShapes))]
    public async Task Call_fails_is_counted_once_with_its_code(EchoTransport transport, MethodType shape)
    {
        await using var host = await EchoHost.StartAsync(options =>
        {
            options.Transport = transport;
            options.Error = () => new AlreadyExistsException();
        });

        await host.FailAsync(shape, EchoInput.Error);

        var duration = await host.OnlyDurationAsync(Calls.Made);
        Assert.Equal("ALREADY_EXISTS", duration["rpc.response.status_code"]);
        Assert.Equal("ALREADY_EXISTS", duration["error.type"]);
    }

    [Fact]
    public async Task Blocking_call_is_counted_once_each_way()
    {
        await using var host = await EchoHost.StartAsync();

        Assert.Equal("a", await Task.Run(() => host.Client.BlockingUnary("a")));
        Assert.Equal("OK", (await host.OnlyDurationAsync(Calls.Made))["rpc.response.status_code"]);

        host.Metrics.Clear();
        await Assert.ThrowsAsync<RpcException>(() => Task.Run(() => host.Client.BlockingUnary(EchoInput.Error)));
        Assert.Equal("INTERNAL", (await host.OnlyDurationAsync(Calls.Made))["rpc.response.status_code"]);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Caller_cancels_is_counted_once_as_CANCELLED(MethodType shape)
    {
        await using var host = await EchoHost.StartAsync();
        using var leave = new CancellationTokenSource();
        var call = host.Client.CallAsync(shape, [EchoInput.Wait], new CallOptions(cancellationToken: leave.Token));
        await host.Waiting;

        await leave.CancelAsync();

        await Assert.ThrowsAsync<RpcException>(() => call);
        Assert.Equal("CANCELLED", (await host.OnlyDurationAsync(Calls.Made))["rpc.response.status_code"]);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Deadline_passes_is_counted_once_as_DEADLINE_EXCEEDED(MethodType shape)
    {
        await using var host = await EchoHost.StartAsync();

        var failure = await Assert.ThrowsAsync<RpcException>(
            () => host.Client.CallAsync(shape, [EchoInput.Wait], new CallOptions(deadline: DateTime.UtcNow.AddMilliseconds(200))));

        Assert.Equal(StatusCode.DeadlineExceeded, failure.StatusCode);
        Assert.Equal("DEADLINE_EXCEEDED", (await host.OnlyDurationAsync(Calls.Made))["rpc.response.status_code"]);
    }

    [Fact]
    public async Task Caller_disposes_of_a_unary_call_is_counted_once_as_CANCELLED()
    {
        await using var host = await EchoHost.StartAsync();
        var call = host.Client.Unary(EchoInput.Wait);
        await host.Waiting;

        call.Dispose();

        await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync);
        Assert.Equal("CANCELLED", (await host.OnlyDurationAsync(Calls.Made))["rpc.response.status_code"]);
    }

    [Fact]
    public async Task Caller_disposes_of_a_stream_it_has_half_read_is_counted_once_as_CANCELLED()
    {
        await using var host = await EchoHost.StartAsync();
        using (var call = host.Client.ServerStreaming("a,wait"))
        {
            Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        }

        Assert.Equal("CANCELLED", (await host.OnlyDurationAsync(Calls.Made))["rpc.response.status_code"]);
    }

    [Fact]
    public async Task Caller_disposes_of_a_stream_it_has_read_is_counted_once_as_OK()
    {
        await using var host = await EchoHost.StartAsync();
        using (var call = host.Client.ServerStreaming("a"))
        {
            Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
            Assert.False(await call.ResponseStream.MoveNext(CancellationToken.None));
        }

        Assert.Equal("OK", (await host.OnlyDurationAsync(Calls.Made))["rpc.response.status_code"]);
    }

    [Fact]
    public async Task Caller_cancels_a_stream_and_looks_away_is_counted_once_as_CANCELLED()
    {
        await using var host = await EchoHost.StartAsync();
        using var leave = new CancellationTokenSource();
        using var call = host.Client.DuplexStreaming(new CallOptions(cancellationToken: leave.Token));
        await call.RequestStream.WriteAsync(EchoInput.Wait);
        await host.Waiting;

        await leave.CancelAsync();

        Assert.Equal("CANCELLED", (await host.OnlyDurationAsync(Calls.Made))["rpc.response.status_code"]);
    }

    [Fact]
    public async Task Caller_drops_a_stream_is_counted_once_when_it_is_collected()
    {
        await using var host = await EchoHost.StartAsync();
        await DropAsync(host);
        await host.Waiting;

        // The garbage collector decides when; each round gives it a reason.
        while (host.Metrics.Items.All(measurement => measurement.Instrument != Calls.Made))
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            await Task.Yield();
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        }

        var duration = await host.OnlyDurationAsync(Calls.Made);
        Assert.Equal(Calls.NameOf(MethodType.ServerStreaming), duration["rpc.method"]);
        Assert.Equal("CANCELLED", duration["rpc.response.status_code"]);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task DropAsync(EchoHost host)
    {
        var call = host.Client.ServerStreaming("headers,wait");
        await call.ResponseHeadersAsync;
    }
}
