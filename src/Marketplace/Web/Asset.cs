using System.IO.Compression;
using System.Security.Cryptography;

namespace BooksForYou.Marketplace.Web;

/// <summary>A file that never changes while the shop runs, kept in the forms in which browsers take it.</summary>
internal sealed class Asset
{
    public Asset(string contentType, byte[] content, bool isImmutable)
    {
        ContentType = contentType;
        Content = content;
        IsImmutable = isImmutable;
        Fingerprint = Convert.ToHexStringLower(SHA256.HashData(content))[..12];
        Brotli = Compress(content, stream => new BrotliStream(stream, CompressionLevel.SmallestSize));
        Gzip = Compress(content, stream => new GZipStream(stream, CompressionLevel.SmallestSize));
    }

    /// <summary>The media type.</summary>
    public string ContentType { get; }

    /// <summary>The file as it is.</summary>
    public byte[] Content { get; }

    /// <summary>The file compressed (RFC 7932).</summary>
    public byte[] Brotli { get; }

    /// <summary>The file compressed (RFC 1952).</summary>
    public byte[] Gzip { get; }

    /// <summary>Whether its address holds its fingerprint, so that a cache may keep it for good.</summary>
    public bool IsImmutable { get; }

    /// <summary>Differs whenever the content differs.</summary>
    public string Fingerprint { get; }

    private static byte[] Compress(byte[] content, Func<Stream, Stream> open)
    {
        using var compressed = new MemoryStream();
        using (var stream = open(compressed))
        {
            stream.Write(content);
        }

        return compressed.ToArray();
    }
}
