namespace Grpc.Core;

/// <summary>Takes the methods of a service. A server derives from it to learn which methods to serve.</summary>
public class ServiceBinderBase
{
    /// <summary>For a server's own binder.</summary>
    public ServiceBinderBase()
    {
    }

    /// <summary>Takes a unary method.</summary>
    /// <typeparam name="TRequest">The request message.</typeparam>
    /// <typeparam name="TResponse">The response message.</typeparam>
    /// <param name="method">The method.</param>
    /// <param name="handler">What handles its calls; null if the server is to create the service for each call.</param>
    /// <exception cref="NotImplementedException">The binder does not take such methods.</exception>
    public virtual void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse>? handler)
        where TRequest : class
        where TResponse : class
    {
        throw new NotImplementedException();
    }

    /// <summary>Takes a client-streaming method.</summary>
    /// <typeparam name="TRequest">The request message.</typeparam>
    /// <typeparam name="TResponse">The response message.</typeparam>
    /// <param name="method">The method.</param>
    /// <param name="handler">What handles its calls; null if the server is to create the service for each call.</param>
    /// <exception cref="NotImplementedException">The binder does not take such methods.</exception>
    public virtual void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method,
        ClientStreamingServerMethod<TRequest, TResponse>? handler)
        where TRequest : class
        where TResponse : class
    {
        throw new NotImplementedException();
    }

    /// <summary>Takes a server-streaming method.</summary>
    /// <typeparam name="TRequest">The request message.</typeparam>
    /// <typeparam name="TResponse">The response message.</typeparam>
    /// <param name="method">The method.</param>
    /// <param name="handler">What handles its calls; null if the server is to create the service for each call.</param>
    /// <exception cref="NotImplementedException">The binder does not take such methods.</exception>
    public virtual void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method,
        ServerStreamingServerMethod<TRequest, TResponse>? handler)
        where TRequest : class
        where TResponse : class
    {
        throw new NotImplementedException();
    }

    /// <summary>Takes a duplex method.</summary>
    /// <typeparam name="TRequest">The request message.</typeparam>
    /// <typeparam name="TResponse">The response message.</typeparam>
    /// <param name="method">The method.</param>
    /// <param name="handler">What handles its calls; null if the server is to create the service for each call.</param>
    /// <exception cref="NotImplementedException">The binder does not take such methods.</exception>
    public virtual void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method,
        DuplexStreamingServerMethod<TRequest, TResponse>? handler)
        where TRequest : class
        where TResponse : class
    {
        throw new NotImplementedException();
    }
}
