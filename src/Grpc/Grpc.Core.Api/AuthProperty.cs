using System.Text;
using Grpc.Core.Utils;

namespace Grpc.Core;

/// <summary>One value known of a peer from the security of its connection. It cannot be changed.</summary>
public class AuthProperty
{
    private readonly byte[] _valueBytes;
    private string? _value;

    private AuthProperty(string name, byte[] valueBytes)
    {
        Name = GrpcPreconditions.CheckNotNull(name, nameof(name));
        _valueBytes = (byte[])GrpcPreconditions.CheckNotNull(valueBytes, nameof(valueBytes)).Clone();
    }

    /// <summary>The property's name.</summary>
    public string Name { get; }

    /// <summary>The value as text, decoded as UTF-8.</summary>
    public string Value => _value ??= Encoding.UTF8.GetString(_valueBytes);

    /// <summary>The value as bytes, copied on each access.</summary>
    public byte[] ValueBytes => (byte[])_valueBytes.Clone();

    /// <summary>Creates a property.</summary>
    /// <param name="name">The property's name.</param>
    /// <param name="valueBytes">The value. It is copied.</param>
    /// <returns>The property.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static AuthProperty Create(string name, byte[] valueBytes) => new(name, valueBytes);
}
