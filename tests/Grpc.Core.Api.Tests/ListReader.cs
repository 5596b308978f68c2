using Grpc.Core;

namespace BooksForYou.GrpcApi.Tests;

/// <summary>A stream of given messages, which notes the tokens it is read with.</summary>
internal sealed class ListReader<T>(params T[] messages) : IAsyncStreamReader<T>
{
    private int _index = -1;

    public T Current => messages[_index];

    public List<CancellationToken> Tokens { get; } = [];

    public Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        Tokens.Add(cancellationToken);
        return cancellationToken.IsCancellationRequested
            ? Task.FromCanceled<bool>(cancellationToken)
            : Task.FromResult(++_index < messages.Length);
    }
}
