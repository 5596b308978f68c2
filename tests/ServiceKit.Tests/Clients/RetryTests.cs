using System.Net;
using BooksForYou.ServiceKit.Clients;
using BooksForYou.ServiceKit.SampleHost;
using Grpc.Core;

namespace BooksForYou.ServiceKit.Tests.Clients;

public sealed class RetryTests
{
    private static readonly Metadata NotBegun = new() { { UnservedCallInterceptor.Header, "starting" } };

    [Fact]
    public async Task Read_that_fails_twice_is_retried_twice()
    {
        await using var backend = await Backend.StartAsync();
        FailTimes(backend, 2, StatusCode.Unavailable);
        await using var caller = Caller.Of($"127.0.0.1:{backend.Port}");
        Assert.Equal("hello", (await caller.Client.ReadAsync(new SampleMessage { Text = "hello" })).Text);
        Assert.Equal(3, backend.CallCount);
    }

    [Fact]
    public async Task Put_marked_as_idempotent_is_retried()
    {
        await using var backend = await Backend.StartAsync();
        FailTimes(backend, 1, StatusCode.Unavailable);
        await using var caller = Caller.Of($"localhost:{backend.Port}");
        Assert.Equal("hello", (await caller.Client.PutAsync(new SampleMessage { Text = "hello" })).Text);
        Assert.Equal(2, backend.CallCount);
    }

    [Fact]
    public async Task Read_that_fails_a_third_time_fails()
    {
        await using var backend = await Backend.StartAsync();
        FailTimes(backend, 3, StatusCode.Unavailable);
        await using var caller = Caller.Of($"127.0.0.1:{backend.Port}");
        Assert.Equal(StatusCode.Unavailable, (await caller.FailAsync(client => client.ReadAsync(new SampleMessage()))).StatusCode);
        Assert.Equal(3, backend.CallCount);
    }

    [Fact]
    public async Task Write_is_never_retried()
    {
        await using var backend = await Backend.StartAsync();
        FailTimes(backend, 1, StatusCode.Unavailable);
        await using var caller = Caller.Of($"127.0.0.1:{backend.Port}");
        Assert.Equal(StatusCode.Unavailable, (await caller.FailAsync(client => client.WriteAsync(new SampleMessage()))).StatusCode);
        Assert.Equal(1, backend.CallCount);
    }

    [Fact]
    public async Task Write_that_a_starting_process_has_not_begun_is_made_again()
    {
        await using var backend = await Backend.StartAsync();
        FailTimes(backend, 2, StatusCode.Unavailable, NotBegun);
        await using var caller = Caller.Of($"127.0.0.1:{backend.Port}");
        using var call = caller.Client.WriteAsync(new SampleMessage { Text = "hello" });
        await call.ResponseHeadersAsync;
        Assert.Equal("hello", (await call).Text);
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
        Assert.Equal(3, backend.CallCount);
    }

    [Fact]
    public async Task Write_that_nobody_begins_fails_after_four_tries()
    {
        await using var backend = await Backend.StartAsync();
        FailTimes(backend, int.MaxValue, StatusCode.Unavailable, NotBegun);
        await using var caller = Caller.Of($"127.0.0.1:{backend.Port}");
        Assert.Equal(StatusCode.Unavailable, (await caller.FailAsync(client => client.WriteAsync(new SampleMessage()))).StatusCode);
        Assert.Equal(4, backend.CallCount);
    }

    [Fact]
    public async Task Write_one_of_two_processes_is_gone_is_made_at_the_other()
    {
        var first = await Backend.StartAsync(IPAddress.Parse("127.0.0.1"));
        await using var second = await Backend.StartAsync(IPAddress.Parse("127.0.0.2"), first.Port);
        IPAddress[] addresses = [IPAddress.Parse("127.0.0.1"), IPAddress.Parse("127.0.0.2")];
        await using var caller = Caller.Of($"sample:{first.Port}", Caller.Lookup(() => addresses));
        while (first.CallCount == 0 || second.CallCount == 0)
        {
            await caller.Client.ReadAsync(new SampleMessage());
        }

        await first.DisposeAsync();

        // Who writes to a connection that has just been cut, and has not noticed it, cannot know whether anybody heard. A read notices.
        for (var call = 0; call < 4; call++)
        {
            await caller.Client.ReadAsync(new SampleMessage());
        }

        for (var call = 0; call < 50; call++)
        {
            await caller.Client.WriteAsync(new SampleMessage());
        }

        Assert.True(second.CallCount >= 50);
    }

    [Theory]
    [InlineData(StatusCode.Internal)]
    [InlineData(StatusCode.Aborted)]
    [InlineData(StatusCode.ResourceExhausted)]
    [InlineData(StatusCode.NotFound)]
    public async Task Read_that_fails_otherwise_is_not_retried(StatusCode code)
    {
        await using var backend = await Backend.StartAsync();
        FailTimes(backend, 1, code);
        await using var caller = Caller.Of($"127.0.0.1:{backend.Port}");
        Assert.Equal(code, (await caller.FailAsync(client => client.ReadAsync(new SampleMessage()))).StatusCode);
        Assert.Equal(1, backend.CallCount);
    }

    [Fact]
    public async Task Read_of_a_peer_that_keeps_failing_uses_the_budget_up_and_is_tried_once()
    {
        await using var backend = await Backend.StartAsync();
        FailTimes(backend, int.MaxValue, StatusCode.Unavailable);
        await using var caller = Caller.Of($"127.0.0.1:{backend.Port}");
        for (var i = 0; i < 10; i++)
        {
            await caller.FailAsync(client => client.ReadAsync(new SampleMessage()));
        }

        var before = backend.CallCount;
        await caller.FailAsync(client => client.ReadAsync(new SampleMessage()));
        Assert.Equal(1, backend.CallCount - before);
    }

    private static void FailTimes(Backend backend, int times, StatusCode code, Metadata? trailers = null) =>
        backend.Answer = (request, _) => backend.CallCount <= times
            ? throw new RpcException(new Status(code, "not now"), trailers ?? [])
            : Task.FromResult(request);
}
