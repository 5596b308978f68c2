namespace Grpc.Core;

/// <summary>A server's stream of responses. It ends when the method that writes to it does.</summary>
/// <typeparam name="T">The response message.</typeparam>
public interface IServerStreamWriter<in T> : IAsyncStreamWriter<T>
{
}
