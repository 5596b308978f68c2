namespace Grpc.Core;

/// <summary>A method of a service, whatever its messages.</summary>
public interface IMethod
{
    /// <summary>The shape of its calls.</summary>
    MethodType Type { get; }

    /// <summary>The service, with its package: <c>booksforyou.cart.v1.Cart</c>.</summary>
    string ServiceName { get; }

    /// <summary>The method without the service: <c>AddItem</c>.</summary>
    string Name { get; }

    /// <summary>The path of its calls: <c>/booksforyou.cart.v1.Cart/AddItem</c>.</summary>
    string FullName { get; }
}
