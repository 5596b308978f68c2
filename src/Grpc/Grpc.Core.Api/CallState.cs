namespace Grpc.Core;

/// <summary>What all four kinds of call have beside their messages: headers, status, trailers and a way to abandon them.</summary>
/// <remarks>
/// A channel gives functions that take its own call object as state, so that a call costs no closures. The other form,
/// used by interceptors and tests, is turned into the first.
/// </remarks>
internal readonly struct CallState
{
    private readonly Func<object, Task<Metadata>> _responseHeaders;
    private readonly Func<object, Status> _status;
    private readonly Func<object, Metadata> _trailers;
    private readonly Action<object> _dispose;
    private readonly object _state;

    public CallState(
        Func<object, Task<Metadata>> responseHeaders,
        Func<object, Status> status,
        Func<object, Metadata> trailers,
        Action<object> dispose,
        object state)
    {
        _responseHeaders = responseHeaders;
        _status = status;
        _trailers = trailers;
        _dispose = dispose;
        _state = state;
    }

    public CallState(Task<Metadata> responseHeaders, Func<Status> status, Func<Metadata> trailers, Action dispose)
        : this(
            static state => ((Parts)state).ResponseHeaders,
            static state => ((Parts)state).Status(),
            static state => ((Parts)state).Trailers(),
            static state => ((Parts)state).Dispose(),
            new Parts(responseHeaders, status, trailers, dispose))
    {
    }

    public Task<Metadata> ResponseHeadersAsync => _responseHeaders(_state);

    public Status GetStatus() => _status(_state);

    public Metadata GetTrailers() => _trailers(_state);

    public void Dispose() => _dispose(_state);

    private sealed record Parts(Task<Metadata> ResponseHeaders, Func<Status> Status, Func<Metadata> Trailers, Action Dispose);
}
