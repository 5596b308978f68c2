using Grpc.Core;
using Grpc.Core.Interceptors;

namespace BooksForYou.GrpcApi.Tests.EndToEnd;

/// <summary>The official server and client on these assemblies, over a socket.</summary>
public sealed class CallShapesTests
{
    /// <summary>Long enough that compression pays, and that an uncompressed message would be told from a compressed one.</summary>
    private static readonly string Long = string.Concat(Enumerable.Repeat("Murder on the Orient Express. ", 200));

    [Theory]
    [InlineData(null)]
    [InlineData("gzip")]
    [InlineData("deflate")]
    public async Task Unary_call_answers(string? compression)
    {
        await using var host = await EchoHost.StartAsync(compression);
        using var channel = host.CreateChannel();

        var response = await channel.CreateCallInvoker().AsyncUnaryCall(Calls.Say, null, Compressed(compression), Long);

        Assert.Equal(Long, response);
        await AssertEncodingAsync(host, compression);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("gzip")]
    [InlineData("deflate")]
    public async Task Client_streaming_call_sends_every_request(string? compression)
    {
        await using var host = await EchoHost.StartAsync(compression);
        using var channel = host.CreateChannel();

        using var call = channel.CreateCallInvoker().AsyncClientStreamingCall(Calls.Collect, null, Compressed(compression));
        await call.RequestStream.WriteAsync(Long);
        await call.RequestStream.WriteAsync("b");
        await call.RequestStream.CompleteAsync();

        Assert.Equal(Long + ",b", await call);
        await AssertEncodingAsync(host, compression);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("gzip")]
    [InlineData("deflate")]
    public async Task Server_streaming_call_receives_every_response(string? compression)
    {
        await using var host = await EchoHost.StartAsync(compression);
        using var channel = host.CreateChannel();

        using var call = channel.CreateCallInvoker().AsyncServerStreamingCall(Calls.Count, null, Compressed(compression), "3");
        var responses = new List<string>();
        await foreach (var response in call.ResponseStream.ReadAllAsync())
        {
            responses.Add(response);
        }

        Assert.Equal(["1", "2", "3"], responses);
        Assert.Equal(Status.DefaultSuccess, call.GetStatus());
        await AssertEncodingAsync(host, compression);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("gzip")]
    [InlineData("deflate")]
    public async Task Duplex_call_answers_each_request_before_the_next(string? compression)
    {
        await using var host = await EchoHost.StartAsync(compression);
        using var channel = host.CreateChannel();

        using var call = channel.CreateCallInvoker().AsyncDuplexStreamingCall(Calls.Chat, null, Compressed(compression));
        foreach (var request in new[] { "a", Long })
        {
            await call.RequestStream.WriteAsync(request);
            Assert.True(await call.ResponseStream.MoveNext());
            Assert.Equal(request + "!", call.ResponseStream.Current);
        }

        await call.RequestStream.CompleteAsync();
        Assert.False(await call.ResponseStream.MoveNext());
        await AssertEncodingAsync(host, compression);
    }

    [Fact]
    public async Task Interceptors_of_client_and_server_see_every_shape_in_order()
    {
        await using var host = await EchoHost.StartAsync();
        using var channel = host.CreateChannel();
        var log = new List<string>();
        var invoker = channel.Intercept(new LoggingInterceptor("a", log.Add), new LoggingInterceptor("b", log.Add));

        Assert.Equal("x", invoker.BlockingUnaryCall(Calls.Say, null, default, "x"));
        Assert.Equal("y", await invoker.AsyncUnaryCall(Calls.Say, null, default, "y"));
        using var count = invoker.AsyncServerStreamingCall(Calls.Count, null, default, "0");
        Assert.False(await count.ResponseStream.MoveNext());
        using var collect = invoker.AsyncClientStreamingCall(Calls.Collect, null, default);
        await collect.RequestStream.CompleteAsync();
        Assert.Equal("", await collect);
        using var chat = invoker.AsyncDuplexStreamingCall(Calls.Chat, null, default);
        await chat.RequestStream.CompleteAsync();
        Assert.False(await chat.ResponseStream.MoveNext());

        Assert.Equal(
            [
                "a blocking Say(x)", "b blocking Say(x)",
                "a Say(y)", "b Say(y)",
                "a Count(0)", "b Count(0)",
                "a Collect()", "b Collect()",
                "a Chat()", "b Chat()",
            ],
            log);
        string[] methods = ["Say", "Say", "Count", "Collect", "Chat"];
        Assert.Equal(methods.SelectMany(name => new[] { $"first /test.Echo/{name}", $"second /test.Echo/{name}" }), host.Log);
    }

    private static CallOptions Compressed(string? compression) =>
        new(compression is null ? [] : new Metadata { { "grpc-internal-encoding-request", compression } });

    private static async Task AssertEncodingAsync(EchoHost host, string? compression)
    {
        // The server notes the encoding when the call is over there, which may be a moment after it is over here.
        await host.DisposeAsync();
        Assert.Equal([$"{compression} {compression}"], host.Encodings);
    }
}
