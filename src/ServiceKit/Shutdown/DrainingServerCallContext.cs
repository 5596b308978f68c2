using Grpc.Core;

namespace BooksForYou.ServiceKit.Shutdown;

/// <summary>The context of a streaming call, with a cancellation token that also tells the handler to come to an end when the process
/// stops.</summary>
internal sealed class DrainingServerCallContext : ServerCallContext, IDisposable
{
    // Where GetHttpContext looks for it when the context is not the server's own.
    private const string HttpContextKey = "__HttpContext";

    private readonly ServerCallContext _inner;
    private readonly CancellationToken _ending;
    private readonly CancellationTokenSource _either;

    public DrainingServerCallContext(ServerCallContext inner, CancellationToken ending)
    {
        _inner = inner;
        _ending = ending;
        _either = CancellationTokenSource.CreateLinkedTokenSource(inner.CancellationToken, ending);
        inner.UserState[HttpContextKey] = inner.GetHttpContext();
    }

    /// <summary>Whether the call was told to end, and not for the caller's reasons.</summary>
    public bool IsEnding => _ending.IsCancellationRequested && !_inner.CancellationToken.IsCancellationRequested;

    protected override string MethodCore => _inner.Method;

    protected override string HostCore => _inner.Host;

    protected override string PeerCore => _inner.Peer;

    protected override DateTime DeadlineCore => _inner.Deadline;

    protected override Metadata RequestHeadersCore => _inner.RequestHeaders;

    protected override CancellationToken CancellationTokenCore => _either.Token;

    protected override Metadata ResponseTrailersCore => _inner.ResponseTrailers;

    protected override Status StatusCore
    {
        get => _inner.Status;
        set => _inner.Status = value;
    }

    protected override WriteOptions? WriteOptionsCore
    {
        get => _inner.WriteOptions;
        set => _inner.WriteOptions = value;
    }

    protected override AuthContext AuthContextCore => _inner.AuthContext;

    protected override IDictionary<object, object> UserStateCore => _inner.UserState;

    public void Dispose() => _either.Dispose();

    protected override ContextPropagationToken CreatePropagationTokenCore(ContextPropagationOptions? options) =>
        _inner.CreatePropagationToken(options);

    protected override Task WriteResponseHeadersAsyncCore(Metadata responseHeaders) => _inner.WriteResponseHeadersAsync(responseHeaders);
}
