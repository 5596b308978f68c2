using BooksForYou.ServiceKit.Telemetry;
using Grpc.Core;

namespace BooksForYou.ServiceKit.Interceptors;

/// <summary>The responses of an outgoing call, which tell how it ends.</summary>
internal sealed class ObservedStreamReader<T>(IAsyncStreamReader<T> inner, ClientCall call) : IAsyncStreamReader<T>
{
    public T Current => inner.Current;

    public async Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        try
        {
            var moved = await inner.MoveNext(cancellationToken);
            if (!moved)
            {
                call.End(StatusCode.OK);
            }

            return moved;
        }
        // Anything else is a mistake in the use of the reader, and the call goes on.
        catch (Exception exception) when (exception is RpcException or OperationCanceledException)
        {
            call.End(exception);
            throw;
        }
    }
}
