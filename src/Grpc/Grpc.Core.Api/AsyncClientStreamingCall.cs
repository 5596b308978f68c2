using System.Runtime.CompilerServices;

namespace Grpc.Core;

/// <summary>A client-streaming call that has been started: a stream of requests, one response.</summary>
/// <remarks>Awaiting the call awaits its response. A call whose response has been read needs no <see cref="Dispose"/>.</remarks>
/// <typeparam name="TRequest">The request message.</typeparam>
/// <typeparam name="TResponse">The response message.</typeparam>
public sealed class AsyncClientStreamingCall<TRequest, TResponse> : IDisposable
{
    private readonly CallState _state;

    /// <summary>Creates a call from functions that share a state, which needs no closure for each call.</summary>
    /// <param name="requestStream">Where the requests go.</param>
    /// <param name="responseAsync">The response.</param>
    /// <param name="responseHeadersAsync">Gives the response headers.</param>
    /// <param name="getStatusFunc">Gives the status of a call that has ended.</param>
    /// <param name="getTrailersFunc">Gives the trailers of a call that has ended.</param>
    /// <param name="disposeAction">Abandons the call.</param>
    /// <param name="state">What each of the functions is called with.</param>
    public AsyncClientStreamingCall(
        IClientStreamWriter<TRequest> requestStream,
        Task<TResponse> responseAsync,
        Func<object, Task<Metadata>> responseHeadersAsync,
        Func<object, Status> getStatusFunc,
        Func<object, Metadata> getTrailersFunc,
        Action<object> disposeAction,
        object state)
    {
        RequestStream = requestStream;
        ResponseAsync = responseAsync;
        _state = new CallState(responseHeadersAsync, getStatusFunc, getTrailersFunc, disposeAction, state);
    }

    /// <summary>Creates a call from its parts.</summary>
    /// <param name="requestStream">Where the requests go.</param>
    /// <param name="responseAsync">The response.</param>
    /// <param name="responseHeadersAsync">The response headers.</param>
    /// <param name="getStatusFunc">Gives the status of a call that has ended.</param>
    /// <param name="getTrailersFunc">Gives the trailers of a call that has ended.</param>
    /// <param name="disposeAction">Abandons the call.</param>
    public AsyncClientStreamingCall(
        IClientStreamWriter<TRequest> requestStream,
        Task<TResponse> responseAsync,
        Task<Metadata> responseHeadersAsync,
        Func<Status> getStatusFunc,
        Func<Metadata> getTrailersFunc,
        Action disposeAction)
    {
        RequestStream = requestStream;
        ResponseAsync = responseAsync;
        _state = new CallState(responseHeadersAsync, getStatusFunc, getTrailersFunc, disposeAction);
    }

    /// <summary>
    /// Where the requests go. <see cref="IClientStreamWriter{T}.CompleteAsync"/> tells the server that there are no more.
    /// </summary>
    public IClientStreamWriter<TRequest> RequestStream { get; }

    /// <summary>The response. Fails with <see cref="RpcException"/> if the call ends with any status but OK.</summary>
    public Task<TResponse> ResponseAsync { get; }

    /// <summary>The response headers, as soon as the server has sent them. Fails as the call does if it ends before.</summary>
    public Task<Metadata> ResponseHeadersAsync => _state.ResponseHeadersAsync;

    /// <summary>Lets the call itself be awaited for its response.</summary>
    /// <returns>The awaiter of <see cref="ResponseAsync"/>.</returns>
    public TaskAwaiter<TResponse> GetAwaiter() => ResponseAsync.GetAwaiter();

    /// <summary>Sets where the code after <c>await</c> runs.</summary>
    /// <param name="continueOnCapturedContext"><see langword="true"/> to go back to the context that awaits.</param>
    /// <returns>What to await in place of the call.</returns>
    public ConfiguredTaskAwaitable<TResponse> ConfigureAwait(bool continueOnCapturedContext) =>
        ResponseAsync.ConfigureAwait(continueOnCapturedContext);

    /// <summary>Gives the status of a call that has ended.</summary>
    /// <returns>The status that the server sent, or the one that tells why none arrived.</returns>
    /// <exception cref="InvalidOperationException">The call has not ended.</exception>
    public Status GetStatus() => _state.GetStatus();

    /// <summary>Gives the trailers of a call that has ended.</summary>
    /// <returns>The trailers; empty if there were none.</returns>
    /// <exception cref="InvalidOperationException">The call has not ended.</exception>
    public Metadata GetTrailers() => _state.GetTrailers();

    /// <summary>Abandons the call: one that has not ended is cancelled, one that has ended is left as it is.</summary>
    public void Dispose() => _state.Dispose();
}
