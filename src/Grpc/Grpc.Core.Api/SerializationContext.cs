using System.Buffers;

namespace Grpc.Core;

/// <summary>Takes the bytes of a message to send: either all at once, or through a buffer writer.</summary>
/// <remarks>
/// Valid only while the message is being serialized. A context overrides what it supports. The rest throws, with the exception that callers
/// of the published package know.
/// </remarks>
public abstract class SerializationContext
{
    /// <summary>For a context of one's own.</summary>
    protected SerializationContext()
    {
    }

    /// <summary>Gives the whole message and ends it.</summary>
    /// <param name="payload">The bytes. They must not be changed afterwards.</param>
    /// <exception cref="NotImplementedException">The context does not support it.</exception>
    public virtual void Complete(byte[] payload) => throw new NotImplementedException();

    /// <summary>Gives the writer that takes the message. <see cref="Complete()"/> ends it.</summary>
    /// <returns>The writer.</returns>
    /// <exception cref="NotImplementedException">The context does not support it.</exception>
    public virtual IBufferWriter<byte> GetBufferWriter() => throw new NotImplementedException();

    /// <summary>Tells the length before the message is written, which saves a copy.</summary>
    /// <param name="payloadLength">The exact length of the message in bytes.</param>
    /// <exception cref="NotImplementedException">The context does not support it.</exception>
    public virtual void SetPayloadLength(int payloadLength) => throw new NotImplementedException();

    /// <summary>Ends a message that was written to <see cref="GetBufferWriter"/>.</summary>
    /// <exception cref="NotImplementedException">The context does not support it.</exception>
    public virtual void Complete() => throw new NotImplementedException();
}
