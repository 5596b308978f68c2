using System.Runtime.CompilerServices;

namespace Grpc.Core;

/// <summary>Reading a stream with <c>await foreach</c>.</summary>
public static class AsyncStreamReaderExtensions
{
    /// <summary>Gives the messages of a stream one after another, for <c>await foreach</c>. A stream can be read once.</summary>
    /// <typeparam name="T">The message.</typeparam>
    /// <param name="streamReader">The stream.</param>
    /// <param name="cancellationToken">
    /// Ends the reading, and with it the call. A token given with <c>WithCancellation</c> does so too.
    /// </param>
    /// <returns>The messages.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="streamReader"/> is null.</exception>
    public static IAsyncEnumerable<T> ReadAllAsync<T>(
        this IAsyncStreamReader<T> streamReader,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(streamReader);
        return ReadAllAsyncCore(streamReader, cancellationToken);
    }

    private static async IAsyncEnumerable<T> ReadAllAsyncCore<T>(
        IAsyncStreamReader<T> streamReader,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await streamReader.MoveNext(cancellationToken).ConfigureAwait(false))
        {
            yield return streamReader.Current;
        }
    }
}
