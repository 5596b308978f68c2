namespace Grpc.Core;

/// <summary>The server's side of a duplex call: a stream of requests and a stream of responses, each at its own pace.</summary>
/// <typeparam name="TRequest">The request message.</typeparam>
/// <typeparam name="TResponse">The response message.</typeparam>
/// <param name="requestStream">The requests, as they arrive.</param>
/// <param name="responseStream">Where the responses go. It must not be used after the returned task has ended.</param>
/// <param name="context">The call.</param>
/// <returns>A task that ends when the last response has been written.</returns>
public delegate Task DuplexStreamingServerMethod<TRequest, TResponse>(
    IAsyncStreamReader<TRequest> requestStream,
    IServerStreamWriter<TResponse> responseStream,
    ServerCallContext context)
    where TRequest : class
    where TResponse : class;
