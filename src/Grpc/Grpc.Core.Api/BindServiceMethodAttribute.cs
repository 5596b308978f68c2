namespace Grpc.Core;

/// <summary>Names the static method that binds a generated service base class. The code generator writes it; the server reads it.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = true)]
public class BindServiceMethodAttribute : Attribute
{
    /// <summary>Names the binding method.</summary>
    /// <param name="bindType">The type that has it.</param>
    /// <param name="bindMethodName">Its name. It takes a <see cref="ServiceBinderBase"/> and the service.</param>
    public BindServiceMethodAttribute(Type bindType, string bindMethodName)
    {
        BindType = bindType;
        BindMethodName = bindMethodName;
    }

    /// <summary>The type that has the binding method.</summary>
    public Type BindType { get; }

    /// <summary>The name of the binding method.</summary>
    public string BindMethodName { get; }
}
