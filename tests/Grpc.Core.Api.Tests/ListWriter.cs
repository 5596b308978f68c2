using Grpc.Core;

namespace BooksForYou.GrpcApi.Tests;

/// <summary>A stream that keeps what is written to it. It does not support the cancellation of a write.</summary>
internal sealed class ListWriter<T> : IClientStreamWriter<T>, IServerStreamWriter<T>
{
    public List<T> Messages { get; } = [];

    public WriteOptions? WriteOptions { get; set; }

    public Task WriteAsync(T message)
    {
        Messages.Add(message);
        return Task.CompletedTask;
    }

    public Task CompleteAsync() => Task.CompletedTask;
}
