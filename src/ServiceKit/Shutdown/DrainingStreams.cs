using Grpc.Core;

namespace BooksForYou.ServiceKit.Shutdown;

/// <summary>The messages of the caller, until the process stops: a handler that waits for the next one without a token is told as
/// well.</summary>
internal sealed class DrainingStreamReader<T>(IAsyncStreamReader<T> inner, CancellationToken ending) : IAsyncStreamReader<T>
{
    public T Current => inner.Current;

    public async Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        if (!cancellationToken.CanBeCanceled || cancellationToken == ending)
        {
            return await inner.MoveNext(ending);
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, ending);
        return await inner.MoveNext(either.Token);
    }
}

/// <summary>The messages to the caller, until the process stops: a handler that writes for ever is stopped at its next message.</summary>
internal sealed class DrainingStreamWriter<T>(IServerStreamWriter<T> inner, CancellationToken ending) : IServerStreamWriter<T>
{
    public WriteOptions? WriteOptions
    {
        get => inner.WriteOptions;
        set => inner.WriteOptions = value;
    }

    public Task WriteAsync(T message) => ending.IsCancellationRequested ? Task.FromCanceled(ending) : inner.WriteAsync(message);

    public Task WriteAsync(T message, CancellationToken cancellationToken) =>
        ending.IsCancellationRequested ? Task.FromCanceled(ending) : inner.WriteAsync(message, cancellationToken);
}
