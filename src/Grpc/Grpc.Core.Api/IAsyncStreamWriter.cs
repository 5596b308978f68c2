namespace Grpc.Core;

/// <summary>A stream of messages to send. One write at a time.</summary>
/// <typeparam name="T">The message.</typeparam>
public interface IAsyncStreamWriter<in T>
{
    /// <summary>How the messages that follow are written; null for the default.</summary>
    WriteOptions? WriteOptions { get; set; }

    /// <summary>Writes a message.</summary>
    /// <param name="message">The message.</param>
    /// <returns>A task that ends when the stream can take the next message, which is how a slow reader slows the writer.</returns>
    Task WriteAsync(T message);

    /// <summary>Writes a message, unless cancelled first.</summary>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Ends the wait for the stream to take the message, and with it the call.</param>
    /// <returns>A task that ends when the stream can take the next message.</returns>
    /// <exception cref="NotSupportedException">The token can be cancelled, and the stream does not support it.</exception>
    Task WriteAsync(T message, CancellationToken cancellationToken)
    {
        if (cancellationToken.CanBeCanceled)
        {
            throw new NotSupportedException("This stream does not support the cancellation of a write.");
        }

        return WriteAsync(message);
    }
}
