using System.IO.Compression;
using Grpc.Net.Compression;

namespace BooksForYou.GrpcApi.Tests;

public sealed class CompressionProviderTests
{
    private static readonly byte[] Message = [.. Enumerable.Range(0, 20_000).Select(number => (byte)(number * number % 17))];

    public static TheoryData<ICompressionProvider> Providers =>
    [
        new GzipCompressionProvider(CompressionLevel.Fastest),
        new DeflateCompressionProvider(CompressionLevel.Fastest),
    ];

    [Fact]
    public void EncodingName_is_that_of_the_header()
    {
        Assert.Equal("gzip", new GzipCompressionProvider(CompressionLevel.Fastest).EncodingName);
        Assert.Equal("deflate", new DeflateCompressionProvider(CompressionLevel.Fastest).EncodingName);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public void Streams_there_and_back_give_the_message(ICompressionProvider provider)
    {
        using var compressed = new MemoryStream(Compress(provider, null));
        using var decompression = provider.CreateDecompressionStream(compressed);
        using var message = new MemoryStream();

        decompression.CopyTo(message);

        Assert.True(compressed.Length < Message.Length / 2);
        Assert.Equal(Message, message.ToArray());
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public void CreateCompressionStream_disposed_leaves_the_stream_open(ICompressionProvider provider)
    {
        using var stream = new MemoryStream();

        provider.CreateCompressionStream(stream, null).Dispose();

        Assert.True(stream.CanWrite);
    }

    [Fact]
    public void CreateCompressionStream_gzip_begins_as_rfc_1952_says()
    {
        var bytes = Compress(new GzipCompressionProvider(CompressionLevel.Optimal), null);

        Assert.Equal([0x1F, 0x8B, 8], bytes[..3]);
    }

    [Fact]
    public void CreateCompressionStream_deflate_begins_as_rfc_1950_says()
    {
        var bytes = Compress(new DeflateCompressionProvider(CompressionLevel.Optimal), null);

        // Method 8 (deflate), and a header that is a multiple of 31: raw deflate (RFC 1951) has neither.
        Assert.Equal(8, bytes[0] & 0x0F);
        Assert.Equal(0, ((bytes[0] << 8) | bytes[1]) % 31);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public void CreateCompressionStream_level_given_wins_over_the_default(ICompressionProvider provider)
    {
        Assert.True(Compress(provider, CompressionLevel.NoCompression).Length >= Message.Length);
        Assert.True(Compress(provider, null).Length < Message.Length);
    }

    private static byte[] Compress(ICompressionProvider provider, CompressionLevel? level)
    {
        using var compressed = new MemoryStream();
        using (var compression = provider.CreateCompressionStream(compressed, level))
        {
            compression.Write(Message);
        }

        return compressed.ToArray();
    }
}
