using BooksForYou.ServiceKit.Errors;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace BooksForYou.ServiceKit.Shutdown;

/// <summary>Ends streams with UNAVAILABLE when the process stops; calls that are not streams come to their end by themselves.</summary>
internal sealed class DrainInterceptor(ShutdownState state) : Interceptor
{
    private const string Detail = "The server is shutting down.";

    public override async Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        ServerCallContext context,
        ClientStreamingServerMethod<TRequest, TResponse> continuation)
    {
        using var draining = new DrainingServerCallContext(context, state.EndingStreams);
        try
        {
            return await continuation(new DrainingStreamReader<TRequest>(requestStream, draining.CancellationToken), draining);
        }
        catch (Exception exception) when (draining.IsEnding && IsCancellation(exception))
        {
            throw Ended(exception);
        }
    }

    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation) => StreamAsync(
            context,
            draining => continuation(request, new DrainingStreamWriter<TResponse>(responseStream, draining.CancellationToken), draining));

    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation) => StreamAsync(
            context,
            draining => continuation(
                new DrainingStreamReader<TRequest>(requestStream, draining.CancellationToken),
                new DrainingStreamWriter<TResponse>(responseStream, draining.CancellationToken),
                draining));

    // A handler that passes the token to a call of its own gets the cancellation back as a status.
    private static bool IsCancellation(Exception exception) =>
        exception is OperationCanceledException or RpcException { StatusCode: StatusCode.Cancelled };

    private async Task StreamAsync(ServerCallContext context, Func<DrainingServerCallContext, Task> handle)
    {
        using var draining = new DrainingServerCallContext(context, state.EndingStreams);
        try
        {
            await handle(draining);
        }
        catch (Exception exception) when (draining.IsEnding && IsCancellation(exception))
        {
            throw Ended(exception);
        }

        if (draining.IsEnding && context.Status.StatusCode == StatusCode.OK)
        {
            // The handler saw the token and returned: to the caller that must not look like the end of the list.
            throw Ended(null);
        }
    }

    private UnavailableException Ended(Exception? exception)
    {
        state.CountEndedStream();
        return new UnavailableException(Detail, exception);
    }
}
