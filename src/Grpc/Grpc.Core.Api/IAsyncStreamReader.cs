namespace Grpc.Core;

/// <summary>A stream of messages that arrive. One read at a time.</summary>
/// <typeparam name="T">The message.</typeparam>
public interface IAsyncStreamReader<out T>
{
    /// <summary>The message that the last <see cref="MoveNext"/> found.</summary>
    T Current { get; }

    /// <summary>Waits for the next message.</summary>
    /// <param name="cancellationToken">Ends the wait, and with it the call.</param>
    /// <returns><see langword="true"/> if there is one, in <see cref="Current"/>; <see langword="false"/> at the end.</returns>
    /// <exception cref="RpcException">On a client: the call ended with any status but OK.</exception>
    Task<bool> MoveNext(CancellationToken cancellationToken);
}
