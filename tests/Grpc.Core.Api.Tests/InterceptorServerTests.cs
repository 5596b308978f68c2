using Grpc.Core;
using Grpc.Core.Interceptors;

namespace BooksForYou.GrpcApi.Tests;

public sealed class InterceptorServerTests
{
    private static readonly Interceptor Passing = new PassingInterceptor();

    private readonly ServerCallContext _context = new TestServerCallContext();

    [Fact]
    public async Task UnaryServerHandler_not_overridden_goes_on()
    {
        var response = await Passing.UnaryServerHandler<string, string>("request", _context, (request, context) =>
        {
            Assert.Same(_context, context);
            return Task.FromResult(request + "!");
        });

        Assert.Equal("request!", response);
    }

    [Fact]
    public async Task ClientStreamingServerHandler_not_overridden_goes_on()
    {
        var requests = new ListReader<string>();

        var response = await Passing.ClientStreamingServerHandler<string, string>(requests, _context, (stream, context) =>
        {
            Assert.Same(requests, stream);
            Assert.Same(_context, context);
            return Task.FromResult("response");
        });

        Assert.Equal("response", response);
    }

    [Fact]
    public async Task ServerStreamingServerHandler_not_overridden_goes_on()
    {
        var responses = new ListWriter<string>();

        await Passing.ServerStreamingServerHandler<string, string>("request", responses, _context, (request, stream, context) =>
        {
            Assert.Same(_context, context);
            return stream.WriteAsync(request);
        });

        Assert.Equal(["request"], responses.Messages);
    }

    [Fact]
    public async Task DuplexStreamingServerHandler_not_overridden_goes_on()
    {
        var requests = new ListReader<string>();
        var responses = new ListWriter<string>();

        await Passing.DuplexStreamingServerHandler<string, string>(requests, responses, _context, (incoming, outgoing, context) =>
        {
            Assert.Same(requests, incoming);
            Assert.Same(_context, context);
            return outgoing.WriteAsync("response");
        });

        Assert.Equal(["response"], responses.Messages);
    }

    private sealed class PassingInterceptor : Interceptor;
}
