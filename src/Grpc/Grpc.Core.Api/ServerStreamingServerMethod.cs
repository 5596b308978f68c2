namespace Grpc.Core;

/// <summary>The server's side of a server-streaming call: one request, a stream of responses.</summary>
/// <typeparam name="TRequest">The request message.</typeparam>
/// <typeparam name="TResponse">The response message.</typeparam>
/// <param name="request">The request.</param>
/// <param name="responseStream">Where the responses go. It must not be used after the returned task has ended.</param>
/// <param name="context">The call.</param>
/// <returns>A task that ends when the last response has been written.</returns>
public delegate Task ServerStreamingServerMethod<TRequest, TResponse>(
    TRequest request,
    IServerStreamWriter<TResponse> responseStream,
    ServerCallContext context)
    where TRequest : class
    where TResponse : class;
