using Grpc.Core;
using Grpc.Core.Interceptors;

namespace BooksForYou.ServiceKit.Clients;

/// <summary>
/// Makes a call again that certainly nobody has begun to serve, whatever its method: no connection could be made to the process that it was meant for, or
/// that process is still starting and said so. As calls take turns over the processes of a peer, the next try goes to another one.
/// </summary>
/// <remarks>The library makes a call again only where the method may be repeated, and while the budget for that lasts, which a process that is away
/// for some seconds uses up. It also goes on taking a process for connected that died in the moment in which it was connected to.</remarks>
internal sealed class UnservedCallInterceptor : Interceptor
{
    /// <summary>The header of an answer that says that the call was not begun.</summary>
    public const string Header = "booksforyou-unserved";

    private const int MostTries = 4;

    /// <inheritdoc/>
    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        TRequest request,
        ClientInterceptorContext<TRequest, TResponse> context,
        AsyncUnaryCallContinuation<TRequest, TResponse> continuation)
    {
        var tries = new Tries<TResponse>(() => continuation(request, context));
        return new AsyncUnaryCall<TResponse>(
            tries.Response,
            static state => ((Tries<TResponse>)state).HeadersAsync(),
            static state => ((Tries<TResponse>)state).Current.GetStatus(),
            static state => ((Tries<TResponse>)state).Current.GetTrailers(),
            static state => ((Tries<TResponse>)state).Dispose(),
            tries);
    }

    private static bool IsUnserved(RpcException exception) => exception.StatusCode == StatusCode.Unavailable
        && (exception.Trailers.Get(Header) is not null
            || exception.Status.DebugException is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError });

    private sealed class Tries<TResponse> : IDisposable
    {
        private readonly Func<AsyncUnaryCall<TResponse>> _call;
        private volatile bool _isDisposed;

        public Tries(Func<AsyncUnaryCall<TResponse>> call)
        {
            _call = call;
            Current = call();
            Response = TryAsync();
        }

        /// <summary>The last try.</summary>
        public AsyncUnaryCall<TResponse> Current { get; private set; }

        public Task<TResponse> Response { get; }

        public async Task<Metadata> HeadersAsync()
        {
            await ((Task)Response).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return await Current.ResponseHeadersAsync;
        }

        public void Dispose()
        {
            _isDisposed = true;
            Current.Dispose();
        }

        private async Task<TResponse> TryAsync()
        {
            for (var tries = 1; ; tries++)
            {
                try
                {
                    return await Current.ResponseAsync;
                }
                catch (RpcException exception) when (tries < MostTries && !_isDisposed && IsUnserved(exception))
                {
                    Current.Dispose();
                    Current = _call();
                    if (_isDisposed)
                    {
                        // In between: nobody else ends this one.
                        Current.Dispose();
                    }
                }
            }
        }
    }
}
