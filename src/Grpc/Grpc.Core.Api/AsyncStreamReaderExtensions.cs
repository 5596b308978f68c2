using Grpc.Core.Utils;

namespace Grpc.Core;

/// <summary>Reading a stream without a cancellation token.</summary>
public static class AsyncStreamReaderExtensions
{
    /// <summary>Waits for the next message.</summary>
    /// <typeparam name="T">The message.</typeparam>
    /// <param name="streamReader">The stream.</param>
    /// <returns>
    /// <see langword="true"/> if there is one, in <see cref="IAsyncStreamReader{T}.Current"/>; <see langword="false"/> at the end.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="streamReader"/> is null.</exception>
    public static Task<bool> MoveNext<T>(this IAsyncStreamReader<T> streamReader)
        where T : class
    {
        return GrpcPreconditions.CheckNotNull(streamReader, nameof(streamReader)).MoveNext(CancellationToken.None);
    }
}
