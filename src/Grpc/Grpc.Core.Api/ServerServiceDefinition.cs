using Grpc.Core.Utils;

namespace Grpc.Core;

/// <summary>The methods of a service, each with what handles it.</summary>
public class ServerServiceDefinition
{
    private readonly IReadOnlyList<Action<ServiceBinderBase>> _bindings;

    private ServerServiceDefinition(IReadOnlyList<Action<ServiceBinderBase>> bindings)
    {
        _bindings = bindings;
    }

    /// <summary>Starts a definition.</summary>
    /// <returns>What takes the methods.</returns>
    public static Builder CreateBuilder() => new();

    /// <summary>Adds every method, in order, to a server's binder.</summary>
    /// <param name="serviceBinder">The binder.</param>
    /// <exception cref="ArgumentNullException"><paramref name="serviceBinder"/> is null.</exception>
    public void BindService(ServiceBinderBase serviceBinder)
    {
        GrpcPreconditions.CheckNotNull(serviceBinder, nameof(serviceBinder));
        foreach (var bind in _bindings)
        {
            bind(serviceBinder);
        }
    }

    /// <summary>Collects the methods of a service.</summary>
    public class Builder
    {
        private readonly HashSet<string> _fullNames = new(StringComparer.Ordinal);
        private readonly List<Action<ServiceBinderBase>> _bindings = [];

        /// <summary>Starts a definition.</summary>
        public Builder()
        {
        }

        /// <summary>Adds a unary method.</summary>
        /// <typeparam name="TRequest">The request message.</typeparam>
        /// <typeparam name="TResponse">The response message.</typeparam>
        /// <param name="method">The method.</param>
        /// <param name="handler">What handles its calls.</param>
        /// <returns>This builder.</returns>
        /// <exception cref="ArgumentNullException"><paramref name="method"/> is null.</exception>
        /// <exception cref="ArgumentException">A method of this name has been added already.</exception>
        public Builder AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse> handler)
            where TRequest : class
            where TResponse : class
        {
            return Add(method, binder => binder.AddMethod(method, handler));
        }

        /// <summary>Adds a client-streaming method.</summary>
        /// <typeparam name="TRequest">The request message.</typeparam>
        /// <typeparam name="TResponse">The response message.</typeparam>
        /// <param name="method">The method.</param>
        /// <param name="handler">What handles its calls.</param>
        /// <returns>This builder.</returns>
        /// <exception cref="ArgumentNullException"><paramref name="method"/> is null.</exception>
        /// <exception cref="ArgumentException">A method of this name has been added already.</exception>
        public Builder AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method,
            ClientStreamingServerMethod<TRequest, TResponse> handler)
            where TRequest : class
            where TResponse : class
        {
            return Add(method, binder => binder.AddMethod(method, handler));
        }

        /// <summary>Adds a server-streaming method.</summary>
        /// <typeparam name="TRequest">The request message.</typeparam>
        /// <typeparam name="TResponse">The response message.</typeparam>
        /// <param name="method">The method.</param>
        /// <param name="handler">What handles its calls.</param>
        /// <returns>This builder.</returns>
        /// <exception cref="ArgumentNullException"><paramref name="method"/> is null.</exception>
        /// <exception cref="ArgumentException">A method of this name has been added already.</exception>
        public Builder AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method,
            ServerStreamingServerMethod<TRequest, TResponse> handler)
            where TRequest : class
            where TResponse : class
        {
            return Add(method, binder => binder.AddMethod(method, handler));
        }

        /// <summary>Adds a duplex method.</summary>
        /// <typeparam name="TRequest">The request message.</typeparam>
        /// <typeparam name="TResponse">The response message.</typeparam>
        /// <param name="method">The method.</param>
        /// <param name="handler">What handles its calls.</param>
        /// <returns>This builder.</returns>
        /// <exception cref="ArgumentNullException"><paramref name="method"/> is null.</exception>
        /// <exception cref="ArgumentException">A method of this name has been added already.</exception>
        public Builder AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method,
            DuplexStreamingServerMethod<TRequest, TResponse> handler)
            where TRequest : class
            where TResponse : class
        {
            return Add(method, binder => binder.AddMethod(method, handler));
        }

        /// <summary>Ends the definition. Methods added afterwards are not in it.</summary>
        /// <returns>The definition.</returns>
        public ServerServiceDefinition Build() => new([.. _bindings]);

        private Builder Add(IMethod method, Action<ServiceBinderBase> bind)
        {
            GrpcPreconditions.CheckNotNull(method, nameof(method));
            GrpcPreconditions.CheckArgument(_fullNames.Add(method.FullName), $"The method {method.FullName} has been added already.");
            _bindings.Add(bind);
            return this;
        }
    }
}
