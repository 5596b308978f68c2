using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Grpc.Core;

namespace BooksForYou.ServiceKit.Tests;

/// <summary>Requests that no gRPC client would send.</summary>
internal static class RawCall
{
    public static HttpRequestMessage Of(MethodType shape, string message) => Of($"/{Calls.NameOf(shape)}", Frame(message));

    public static HttpRequestMessage Of(string path, byte[] body, string contentType = "application/grpc")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(body),
        };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        request.Headers.TE.ParseAdd("trailers");
        return request;
    }

    /// <summary>A message as gRPC frames it: a byte for compression, four for the length.</summary>
    public static byte[] Frame(string message)
    {
        var text = Encoding.UTF8.GetBytes(message);
        var frame = new byte[5 + text.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), text.Length);
        text.CopyTo(frame, 5);
        return frame;
    }

    public static string? GrpcStatus(this HttpResponseMessage response) =>
        response.TrailingHeaders.TryGetValues("grpc-status", out var trailers) ? trailers.Single()
        : response.Headers.TryGetValues("grpc-status", out var headers) ? headers.Single()
        : null;
}
