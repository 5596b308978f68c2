using System.Text;

namespace Grpc.Core;

/// <summary>Creates marshallers.</summary>
public static class Marshallers
{
    /// <summary>Text as UTF-8.</summary>
    public static Marshaller<string> StringMarshaller { get; } = new(Encoding.UTF8.GetBytes, Encoding.UTF8.GetString);

    /// <summary>Creates a marshaller from functions on byte arrays.</summary>
    /// <typeparam name="T">The message.</typeparam>
    /// <param name="serializer">Turns a message into bytes.</param>
    /// <param name="deserializer">Turns bytes into a message.</param>
    /// <returns>The marshaller.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static Marshaller<T> Create<T>(Func<T, byte[]> serializer, Func<byte[], T> deserializer) => new(serializer, deserializer);

    /// <summary>Creates a marshaller from functions on contexts, which can do without the copy that a byte array is.</summary>
    /// <typeparam name="T">The message.</typeparam>
    /// <param name="serializer">Writes a message to the context.</param>
    /// <param name="deserializer">Reads a message from the context.</param>
    /// <returns>The marshaller.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static Marshaller<T> Create<T>(
        Action<T, SerializationContext> serializer,
        Func<DeserializationContext, T> deserializer) => new(serializer, deserializer);
}
