using System.Buffers;

namespace Grpc.Core;

/// <summary>The bytes of a received message. Valid only while the message is being deserialized.</summary>
/// <remarks>A context overrides what it supports. The rest throws, with the exception that callers of the published package know.</remarks>
public abstract class DeserializationContext
{
    /// <summary>For a context of one's own.</summary>
    protected DeserializationContext()
    {
    }

    /// <summary>The length of the message in bytes.</summary>
    public abstract int PayloadLength { get; }

    /// <summary>Copies the message.</summary>
    /// <returns>The bytes; they belong to the caller.</returns>
    /// <exception cref="NotImplementedException">The context does not support it.</exception>
    public virtual byte[] PayloadAsNewBuffer() => throw new NotImplementedException();

    /// <summary>Gives the message without a copy, where the context can.</summary>
    /// <returns>The bytes. They must not be used after deserialization.</returns>
    /// <exception cref="NotImplementedException">The context does not support it.</exception>
    public virtual ReadOnlySequence<byte> PayloadAsReadOnlySequence() => new(PayloadAsNewBuffer());
}
