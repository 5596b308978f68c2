using System.Net.Sockets;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace BooksForYou.GrpcApi.Tests.EndToEnd;

/// <summary>How calls end, and what travels beside their messages.</summary>
public sealed class CallOutcomeTests : IAsyncLifetime
{
    private EchoHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await EchoHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Failed_call_throws_with_status_and_trailers()
    {
        using var channel = _host.CreateChannel();
        using var call = channel.CreateCallInvoker().AsyncUnaryCall(Calls.Say, null, default, "fail");

        var exception = await Assert.ThrowsAsync<RpcException>(async () => await call);

        Assert.Equal("Status(StatusCode=\"NotFound\", Detail=\"Category not found\")", exception.Message);
        Assert.Equal(StatusCode.NotFound, exception.StatusCode);
        Assert.Equal("none", exception.Trailers.GetValue("reason"));
        Assert.Equal(new Status(StatusCode.NotFound, "Category not found"), call.GetStatus());
        Assert.Equal("none", call.GetTrailers().GetValue("reason"));
    }

    [Fact]
    public async Task Blocking_call_answers_or_throws()
    {
        using var channel = _host.CreateChannel();
        var invoker = channel.CreateCallInvoker();

        // The blocking form is what is tested; it is not to hold up the test runner.
        await Task.Run(() =>
        {
            Assert.Equal("x", invoker.BlockingUnaryCall(Calls.Say, null, default, "x"));
            var exception = Assert.Throws<RpcException>(() => invoker.BlockingUnaryCall(Calls.Say, null, default, "fail"));
            Assert.Equal(StatusCode.NotFound, exception.StatusCode);
        });
    }

    [Fact]
    public async Task Headers_and_trailers_arrive_in_order_with_their_bytes()
    {
        using var channel = _host.CreateChannel();
        var headers = new Metadata { { "Own", "1" }, { "own-bin", [0, 1, 255] }, { "own", "2" } };
        using var call = channel.CreateCallInvoker().AsyncUnaryCall(Calls.Say, null, new CallOptions(headers), "metadata");

        var answered = await call.ResponseHeadersAsync;
        await call;

        // HTTP may join the values of one key with a comma (RFC 9110, 5.3); the client does.
        Assert.Equal("1, 2", string.Join(", ", answered.GetAll("own").Select(entry => entry.Value)));
        Assert.Equal([0, 1, 255], answered.GetValueBytes("own-bin"));
        Assert.Equal([0, 255], call.GetTrailers().GetValueBytes("trailer-bin"));
    }

    [Fact]
    public async Task Cancelled_call_throws_cancelled()
    {
        using var channel = _host.CreateChannel();
        using var cancellation = new CancellationTokenSource();
        var options = new CallOptions(cancellationToken: cancellation.Token);
        using var call = channel.CreateCallInvoker().AsyncUnaryCall(Calls.Say, null, options, "wait");

        await cancellation.CancelAsync();

        var exception = await Assert.ThrowsAsync<RpcException>(async () => await call);
        Assert.Equal(StatusCode.Cancelled, exception.StatusCode);
    }

    [Fact]
    public async Task Disposed_call_throws_cancelled()
    {
        using var channel = _host.CreateChannel();
        var call = channel.CreateCallInvoker().AsyncUnaryCall(Calls.Say, null, default, "wait");

        call.Dispose();

        var exception = await Assert.ThrowsAsync<RpcException>(async () => await call);
        Assert.Equal(StatusCode.Cancelled, exception.StatusCode);
    }

    [Fact]
    public async Task Deadline_passed_throws_deadline_exceeded()
    {
        using var channel = _host.CreateChannel();
        using var call = channel.CreateCallInvoker().AsyncUnaryCall(
            Calls.Say,
            null,
            new CallOptions().WithDeadline(DateTime.UtcNow.AddMilliseconds(100)),
            "wait");

        var exception = await Assert.ThrowsAsync<RpcException>(async () => await call);
        Assert.Equal(StatusCode.DeadlineExceeded, exception.StatusCode);
    }

    [Fact]
    public async Task ReadAllAsync_cancelled_in_the_middle_ends_the_call()
    {
        using var channel = _host.CreateChannel();
        using var cancellation = new CancellationTokenSource();
        using var call = channel.CreateCallInvoker().AsyncServerStreamingCall(Calls.Count, null, default, "forever");
        var last = "";

        var exception = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            await foreach (var number in call.ResponseStream.ReadAllAsync(cancellation.Token))
            {
                last = number;
                if (number == "5")
                {
                    await cancellation.CancelAsync();
                }
            }
        });

        Assert.Equal("5", last);
        Assert.Equal(StatusCode.Cancelled, exception.StatusCode);
    }

    [Fact]
    public async Task No_server_throws_unavailable_with_its_cause()
    {
        using var channel = _host.CreateChannel();
        await _host.DisposeAsync();

        var exception = await Assert.ThrowsAsync<RpcException>(
            async () => await channel.CreateCallInvoker().AsyncUnaryCall(Calls.Say, null, default, "x"));

        Assert.Equal(StatusCode.Unavailable, exception.StatusCode);
        Assert.IsType<SocketException>(exception.InnerException);
    }

    [Fact]
    public async Task Intercept_function_adds_headers_that_arrive()
    {
        using var channel = _host.CreateChannel();
        var invoker = channel.Intercept(headers => [.. headers, new Metadata.Entry("own-added", "yes")]);
        using var call = invoker.AsyncUnaryCall(Calls.Say, null, default, "metadata");

        Assert.Equal("yes", (await call.ResponseHeadersAsync).GetValue("own-added"));
        await call;
    }

    [Fact]
    public async Task Channel_state_follows_its_connection()
    {
        var channel = _host.CreateChannel();
        Assert.Equal(ConnectivityState.Idle, channel.State);

        await channel.ConnectAsync();
        Assert.Equal(ConnectivityState.Ready, channel.State);

        channel.Dispose();
        Assert.Equal(ConnectivityState.Shutdown, channel.State);
    }
}
