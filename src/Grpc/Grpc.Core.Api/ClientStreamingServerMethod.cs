namespace Grpc.Core;

/// <summary>The server's side of a client-streaming call: a stream of requests, one response.</summary>
/// <typeparam name="TRequest">The request message.</typeparam>
/// <typeparam name="TResponse">The response message.</typeparam>
/// <param name="requestStream">The requests, as they arrive.</param>
/// <param name="context">The call.</param>
/// <returns>The response. It may be given before the last request has been read.</returns>
public delegate Task<TResponse> ClientStreamingServerMethod<TRequest, TResponse>(
    IAsyncStreamReader<TRequest> requestStream,
    ServerCallContext context)
    where TRequest : class
    where TResponse : class;
