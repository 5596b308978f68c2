using Grpc.Core;

namespace BooksForYou.GrpcApi.Tests;

public sealed class ClientBaseTests
{
    [Fact]
    public void Constructor_invoker_is_called_as_it_is()
    {
        var invoker = new RecordingCallInvoker();

        Assert.Same(invoker, new EchoClient(invoker).Invoker);
    }

    [Fact]
    public void Constructor_channel_gives_its_invoker()
    {
        var channel = new RecordingChannel();

        Assert.Same(channel.Invoker, new EchoClient(channel).Invoker);
    }

    [Fact]
    public void Constructor_null_throws()
    {
        Assert.Throws<ArgumentNullException>(() => new EchoClient((CallInvoker)null!));
        Assert.Throws<ArgumentNullException>(() => new EchoClient((ChannelBase)null!));
    }

    [Fact]
    public void Constructor_without_channel_every_call_throws()
    {
        var invoker = new EchoClient().Invoker;

        Assert.Throws<NotImplementedException>(() => invoker.BlockingUnaryCall(Calls.Say, null, default, "x"));
        Assert.Throws<NotImplementedException>(() => invoker.AsyncUnaryCall(Calls.Say, null, default, "x"));
        Assert.Throws<NotImplementedException>(() => invoker.AsyncServerStreamingCall(Calls.Count, null, default, "x"));
        Assert.Throws<NotImplementedException>(() => invoker.AsyncClientStreamingCall(Calls.Collect, null, default));
        Assert.Throws<NotImplementedException>(() => invoker.AsyncDuplexStreamingCall(Calls.Chat, null, default));
    }

    [Fact]
    public void WithHost_copy_asks_for_the_host_in_every_shape()
    {
        var invoker = new RecordingCallInvoker();

        Calls.StartAll(new EchoClient(invoker).WithHost("books.example").Invoker);

        Assert.Equal(Enumerable.Repeat("books.example", 5), invoker.Hosts);
        Assert.Equal(["blocking Say(request)", "Say(request)", "Count(request)", "Collect()", "Chat()"], invoker.Calls);
    }

    [Fact]
    public void WithHost_original_is_not_changed()
    {
        var invoker = new RecordingCallInvoker();
        var client = new EchoClient(invoker);

        var copy = client.WithHost("books.example");
        Calls.StartAll(client.Invoker);

        Assert.NotSame(client, copy);
        Assert.All(invoker.Hosts, Assert.Null);
    }

    [Fact]
    public void WithHost_again_replaces_the_host()
    {
        var invoker = new RecordingCallInvoker();

        Calls.StartAll(new EchoClient(invoker).WithHost("one.example").WithHost("two.example").Invoker);

        Assert.All(invoker.Hosts, host => Assert.Equal("two.example", host));
    }

    [Fact]
    public void WithHost_null_throws()
    {
        Assert.Throws<ArgumentNullException>(() => new EchoClient(new RecordingCallInvoker()).WithHost(null!));
    }

    [Fact]
    public async Task ChannelBase_has_its_target_and_shuts_down()
    {
        var channel = new RecordingChannel("localhost:50051");

        Assert.Equal("localhost:50051", channel.Target);
        await channel.ShutdownAsync();
        Assert.Throws<ArgumentNullException>(() => new RecordingChannel(null!));
    }

    private sealed class EchoClient : ClientBase<EchoClient>
    {
        public EchoClient()
        {
        }

        public EchoClient(ChannelBase channel)
            : base(channel)
        {
        }

        public EchoClient(CallInvoker callInvoker)
            : base(callInvoker)
        {
        }

        private EchoClient(ClientBaseConfiguration configuration)
            : base(configuration)
        {
        }

        public CallInvoker Invoker => CallInvoker;

        protected override EchoClient NewInstance(ClientBaseConfiguration configuration) => new(configuration);
    }
}
