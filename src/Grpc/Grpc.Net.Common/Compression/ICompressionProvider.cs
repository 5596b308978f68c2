using System.IO.Compression;

namespace Grpc.Net.Compression;

/// <summary>A way to compress messages. Client and server each list those that they have; the names are compared.</summary>
public interface ICompressionProvider
{
    /// <summary>The name in the <c>grpc-encoding</c> and <c>grpc-accept-encoding</c> headers.</summary>
    string EncodingName { get; }

    /// <summary>Starts the compression of a message.</summary>
    /// <param name="stream">Where the compressed bytes go. It stays open.</param>
    /// <param name="compressionLevel">How hard to try; null for the provider's default.</param>
    /// <returns>Where to write the message. Disposing of it writes the last bytes.</returns>
    Stream CreateCompressionStream(Stream stream, CompressionLevel? compressionLevel);

    /// <summary>Starts the decompression of a message.</summary>
    /// <param name="stream">The compressed bytes.</param>
    /// <returns>Where to read the message.</returns>
    Stream CreateDecompressionStream(Stream stream);
}
