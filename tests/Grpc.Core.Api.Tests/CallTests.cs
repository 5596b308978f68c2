using Grpc.Core;

namespace BooksForYou.GrpcApi.Tests;

/// <summary>The four kinds of call, each made in both ways: from functions that share a state, and from its parts.</summary>
public sealed class CallTests
{
    private readonly ListWriter<string> _requests = new();
    private readonly ListReader<string> _responses = new();
    private readonly Task<string> _response = Task.FromResult("response");
    private readonly Task<Metadata> _headers = Task.FromResult(new Metadata());
    private readonly Metadata _trailers = [];
    private readonly Status _status = new(StatusCode.Aborted, "lost");
    private readonly object _state = new();
    private int _disposed;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AsyncUnaryCall_has_its_parts(bool withState)
    {
        var call = withState
            ? new AsyncUnaryCall<string>(_response, HeadersOf, StatusOf, TrailersOf, Dispose, _state)
            : new AsyncUnaryCall<string>(_response, _headers, () => _status, () => _trailers, () => _disposed++);

        Assert.Equal("response", await call);
        Assert.Equal("response", await call.ConfigureAwait(false));
        Assert.Same(_response, call.ResponseAsync);
        AssertParts(call.ResponseHeadersAsync, call.GetStatus(), call.GetTrailers(), call);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AsyncClientStreamingCall_has_its_parts(bool withState)
    {
        var call = withState
            ? new AsyncClientStreamingCall<string, string>(_requests, _response, HeadersOf, StatusOf, TrailersOf, Dispose, _state)
            : new AsyncClientStreamingCall<string, string>(
                _requests,
                _response,
                _headers,
                () => _status,
                () => _trailers,
                () => _disposed++);

        Assert.Equal("response", await call);
        Assert.Equal("response", await call.ConfigureAwait(false));
        Assert.Same(_requests, call.RequestStream);
        Assert.Same(_response, call.ResponseAsync);
        AssertParts(call.ResponseHeadersAsync, call.GetStatus(), call.GetTrailers(), call);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void AsyncServerStreamingCall_has_its_parts(bool withState)
    {
        var call = withState
            ? new AsyncServerStreamingCall<string>(_responses, HeadersOf, StatusOf, TrailersOf, Dispose, _state)
            : new AsyncServerStreamingCall<string>(_responses, _headers, () => _status, () => _trailers, () => _disposed++);

        Assert.Same(_responses, call.ResponseStream);
        AssertParts(call.ResponseHeadersAsync, call.GetStatus(), call.GetTrailers(), call);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void AsyncDuplexStreamingCall_has_its_parts(bool withState)
    {
        var call = withState
            ? new AsyncDuplexStreamingCall<string, string>(_requests, _responses, HeadersOf, StatusOf, TrailersOf, Dispose, _state)
            : new AsyncDuplexStreamingCall<string, string>(
                _requests,
                _responses,
                _headers,
                () => _status,
                () => _trailers,
                () => _disposed++);

        Assert.Same(_requests, call.RequestStream);
        Assert.Same(_responses, call.ResponseStream);
        AssertParts(call.ResponseHeadersAsync, call.GetStatus(), call.GetTrailers(), call);
    }

    [Fact]
    public async Task AsyncUnaryCall_failed_response_throws_when_awaited()
    {
        var failure = new RpcException(_status);
        using var call = new AsyncUnaryCall<string>(
            Task.FromException<string>(failure),
            _headers,
            () => _status,
            () => _trailers,
            () => { });

        Assert.Same(failure, await Assert.ThrowsAsync<RpcException>(async () => await call));
    }

    private void AssertParts(Task<Metadata> headers, Status status, Metadata trailers, IDisposable call)
    {
        Assert.Same(_headers, headers);
        Assert.Equal(_status, status);
        Assert.Same(_trailers, trailers);
        Assert.Equal(0, _disposed);
        call.Dispose();
        Assert.Equal(1, _disposed);
    }

    private Task<Metadata> HeadersOf(object state)
    {
        Assert.Same(_state, state);
        return _headers;
    }

    private Status StatusOf(object state)
    {
        Assert.Same(_state, state);
        return _status;
    }

    private Metadata TrailersOf(object state)
    {
        Assert.Same(_state, state);
        return _trailers;
    }

    private void Dispose(object state)
    {
        Assert.Same(_state, state);
        _disposed++;
    }
}
