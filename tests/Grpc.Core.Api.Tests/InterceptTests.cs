using Grpc.Core;
using Grpc.Core.Interceptors;

namespace BooksForYou.GrpcApi.Tests;

public sealed class InterceptTests
{
    private readonly List<string> _log = [];

    private Interceptor A => new LoggingInterceptor("a", _log.Add);

    private Interceptor B => new LoggingInterceptor("b", _log.Add);

    [Fact]
    public void Intercept_two_at_once_calls_the_first_first()
    {
        var invoker = new RecordingCallInvoker(_log.Add).Intercept(A, B);

        invoker.BlockingUnaryCall(Calls.Say, null, default, "x");

        Assert.Equal(["a blocking Say(x)", "b blocking Say(x)", "blocking Say(x)"], _log);
    }

    [Fact]
    public void Intercept_one_after_another_calls_the_last_first()
    {
        var invoker = new RecordingCallInvoker(_log.Add).Intercept(A).Intercept(B);

        invoker.BlockingUnaryCall(Calls.Say, null, default, "x");

        Assert.Equal(["b blocking Say(x)", "a blocking Say(x)", "blocking Say(x)"], _log);
    }

    [Fact]
    public void Intercept_every_shape_passes_the_interceptor_and_goes_on()
    {
        Calls.StartAll(new RecordingCallInvoker(_log.Add).Intercept(A));

        Assert.Equal(
            [
                "a blocking Say(request)", "blocking Say(request)",
                "a Say(request)", "Say(request)",
                "a Count(request)", "Count(request)",
                "a Collect()", "Collect()",
                "a Chat()", "Chat()",
            ],
            _log);
    }

    [Fact]
    public void Intercept_interceptor_that_overrides_nothing_goes_on_unchanged()
    {
        var invoker = new RecordingCallInvoker();
        var headers = new Metadata();

        Calls.StartAll(invoker.Intercept(new PassingInterceptor()), "host", new CallOptions(headers));

        Assert.Equal(["blocking Say(request)", "Say(request)", "Count(request)", "Collect()", "Chat()"], invoker.Calls);
        Assert.All(invoker.Hosts, host => Assert.Equal("host", host));
        Assert.All(invoker.Options, options => Assert.Same(headers, options.Headers));
    }

    [Fact]
    public void Intercept_none_is_the_invoker_itself()
    {
        var invoker = new RecordingCallInvoker();

        Assert.Same(invoker, invoker.Intercept());
    }

    [Fact]
    public void Intercept_function_changes_the_headers_of_every_shape()
    {
        var invoker = new RecordingCallInvoker();
        var intercepted = invoker.Intercept(headers => [.. headers, new Metadata.Entry("added", "yes")]);

        Calls.StartAll(intercepted, "host", new CallOptions(new Metadata { { "own", "1" } }, new DateTime(2030, 1, 1)));

        Assert.Equal(5, invoker.Calls.Count);
        Assert.All(invoker.Options, options => Assert.Equal(["own", "added"], options.Headers!.Select(entry => entry.Key)));
        Assert.All(invoker.Options, options => Assert.Equal(new DateTime(2030, 1, 1), options.Deadline));
        Assert.All(invoker.Hosts, host => Assert.Equal("host", host));
    }

    [Fact]
    public void Intercept_function_without_headers_gets_new_ones_for_each_call()
    {
        var invoker = new RecordingCallInvoker();
        var intercepted = invoker.Intercept(headers =>
        {
            headers.Add("added", "yes");
            return headers;
        });

        Calls.StartAll(intercepted);

        Assert.All(invoker.Options, options => Assert.Equal("yes", Assert.Single(options.Headers!).Value));
    }

    [Fact]
    public void Intercept_function_gets_the_callers_own_headers()
    {
        var own = new Metadata();
        Metadata? seen = null;
        var intercepted = new RecordingCallInvoker().Intercept(headers => seen = headers);

        intercepted.BlockingUnaryCall(Calls.Say, null, new CallOptions(own), "x");

        Assert.Same(own, seen);
    }

    [Fact]
    public void Intercept_channel_intercepts_its_invoker()
    {
        var channel = new RecordingChannel();

        channel.Intercept(A).BlockingUnaryCall(Calls.Say, null, default, "1");
        channel.Intercept(A, B).BlockingUnaryCall(Calls.Say, null, default, "2");
        channel.Intercept(headers => headers).BlockingUnaryCall(Calls.Say, null, default, "3");

        Assert.Equal(["a blocking Say(1)", "a blocking Say(2)", "b blocking Say(2)"], _log);
        Assert.Equal(["blocking Say(1)", "blocking Say(2)", "blocking Say(3)"], channel.Invoker.Calls);
    }

    [Fact]
    public void Intercept_null_throws()
    {
        var invoker = new RecordingCallInvoker();
        var channel = new RecordingChannel();

        Assert.Throws<ArgumentNullException>(() => ((CallInvoker)null!).Intercept(A));
        Assert.Throws<ArgumentNullException>(() => ((CallInvoker)null!).Intercept(A, B));
        Assert.Throws<ArgumentNullException>(() => ((ChannelBase)null!).Intercept(A));
        Assert.Throws<ArgumentNullException>(() => invoker.Intercept((Interceptor)null!));
        Assert.Throws<ArgumentNullException>(() => invoker.Intercept((Interceptor[])null!));
        Assert.Throws<ArgumentNullException>(() => invoker.Intercept((Func<Metadata, Metadata>)null!));
        Assert.Throws<ArgumentNullException>(() => invoker.Intercept(A, null!));
        Assert.Throws<ArgumentNullException>(() => channel.Intercept((Func<Metadata, Metadata>)null!));
    }

    private sealed class PassingInterceptor : Interceptor;
}
