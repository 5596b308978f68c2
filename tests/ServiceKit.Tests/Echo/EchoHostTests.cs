using BooksForYou.ServiceKit.Testing;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace BooksForYou.ServiceKit.Tests.Echo;

public sealed class EchoHostTests
{
    public static TheoryData<EchoTransport, MethodType> TransportsAndShapes => Calls.TransportsAndShapes;

    [Theory]
    [MemberData(nameof(TransportsAndShapes))]
    public async Task CallAsync_no_interceptor_echoes(EchoTransport transport, MethodType shape)
    {
        await using var host = await EchoHost.StartAsync(options =>
        {
            options.Transport = transport;
            options.UseKit = false;
        });

        var answers = await host.Client.CallAsync(shape, ["a", "b"]);

        Assert.Equal("a,b", string.Join(',', answers));
        Assert.Equal(shape is MethodType.ServerStreaming or MethodType.DuplexStreaming ? 2 : 1, answers.Count);
    }

    [Theory]
    [InlineData(EchoTransport.Loopback)]
    [InlineData(EchoTransport.InMemory)]
    public async Task AddServerInterceptor_two_the_first_sees_a_call_first(EchoTransport transport)
    {
        var order = new List<string>();
        await using var host = await EchoHost.StartAsync(options =>
        {
            options.Transport = transport;
            options.AddServerInterceptor<NotingInterceptor>(order, "first");
            options.AddServerInterceptor<NotingInterceptor>(order, "second");
        });

        await host.Client.Unary("a");

        Assert.Equal(["first in", "second in", "second out", "first out"], order);
    }

    [Fact]
    public async Task AddClientInterceptor_two_the_first_sees_a_call_first()
    {
        var order = new List<string>();
        await using var host = await EchoHost.StartAsync(options =>
        {
            options.AddClientInterceptor(new NotingInterceptor(order, "first"));
            options.AddClientInterceptor(new NotingInterceptor(order, "second"));
        });

        await host.Client.Unary("a");

        Assert.Equal(["first in", "second in"], order);
    }

    [Fact]
    public async Task AddServerInterceptor_one_that_throws_the_kit_translates_what_it_throws()
    {
        await using var host = await EchoHost.StartAsync(options => options.AddServerInterceptor(new ThrowingInterceptor()));

        var failure = await host.FailAsync(MethodType.Unary, "a");

        Assert.Equal(StatusCode.Internal, failure.StatusCode);
    }

    [Fact]
    public async Task UseKit_false_nothing_translates_what_an_interceptor_throws()
    {
        await using var host = await EchoHost.StartAsync(options =>
        {
            options.UseKit = false;
            options.AddServerInterceptor(new ThrowingInterceptor());
        });

        var failure = await host.FailAsync(MethodType.Unary, "a");

        Assert.Equal(StatusCode.Unknown, failure.StatusCode);
    }

    [Fact]
    public async Task WaitForAsync_nothing_comes_says_what_came_instead()
    {
        await using var host = await EchoHost.StartAsync();
        host.Metrics.Timeout = TimeSpan.FromMilliseconds(100);
        await host.Client.Unary("a");
        await host.Metrics.WaitForAsync(2, _ => true);

        var exception = await Assert.ThrowsAsync<TimeoutException>(() => host.Metrics.WaitForAsync(measurement => measurement.Instrument == "none"));

        Assert.Contains("rpc.client.call.duration{", exception.Message, StringComparison.Ordinal);
    }

    private sealed class NotingInterceptor(List<string> order, string name) : Interceptor
    {
        public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
            TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
        {
            order.Add($"{name} in");
            var response = await continuation(request, context);
            order.Add($"{name} out");
            return response;
        }

        public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
            TRequest request,
            ClientInterceptorContext<TRequest, TResponse> context,
            AsyncUnaryCallContinuation<TRequest, TResponse> continuation)
        {
            order.Add($"{name} in");
            return continuation(request, context);
        }
    }

    private sealed class ThrowingInterceptor : Interceptor
    {
        public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
            TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation) =>
            throw new InvalidOperationException("from an interceptor");
    }
}
