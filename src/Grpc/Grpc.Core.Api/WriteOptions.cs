namespace Grpc.Core;

/// <summary>How messages are written.</summary>
public class WriteOptions
{
    /// <summary>At once, compressed if the call is.</summary>
    public static readonly WriteOptions Default = new();

    /// <summary>Sets how messages are written.</summary>
    /// <param name="flags">The flags.</param>
    public WriteOptions(WriteFlags flags = default)
    {
        Flags = flags;
    }

    /// <summary>The flags.</summary>
    public WriteFlags Flags { get; }
}
