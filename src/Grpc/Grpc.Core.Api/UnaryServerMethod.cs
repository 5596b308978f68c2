namespace Grpc.Core;

/// <summary>The server's side of a unary call: one request, one response.</summary>
/// <typeparam name="TRequest">The request message.</typeparam>
/// <typeparam name="TResponse">The response message.</typeparam>
/// <param name="request">The request.</param>
/// <param name="context">The call.</param>
/// <returns>
/// The response. A <see cref="RpcException"/> gives the call its status; any other exception makes it fail with
/// <see cref="StatusCode.Unknown"/>.
/// </returns>
public delegate Task<TResponse> UnaryServerMethod<TRequest, TResponse>(TRequest request, ServerCallContext context)
    where TRequest : class
    where TResponse : class;
