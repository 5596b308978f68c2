namespace Grpc.Core;

/// <summary>A client's stream of requests.</summary>
/// <typeparam name="T">The request message.</typeparam>
public interface IClientStreamWriter<in T> : IAsyncStreamWriter<T>
{
    /// <summary>Tells the server that there are no more requests.</summary>
    /// <returns>A task that ends when that has been sent.</returns>
    Task CompleteAsync();
}
