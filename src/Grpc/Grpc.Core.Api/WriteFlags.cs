namespace Grpc.Core;

/// <summary>How a message is written.</summary>
[Flags]
public enum WriteFlags
{
    /// <summary>The message may wait in a buffer to be sent with the next one.</summary>
    BufferHint = 0x1,

    /// <summary>The message is not compressed, though the call is.</summary>
    NoCompress = 0x2,
}
