using System.Text;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Status = Grpc.Core.Status;

namespace BooksForYou.ServiceKit.Errors;

/// <summary>
/// A failed call's status as it crosses the wire: <c>grpc-message</c>, and <c>google.rpc.Status</c> in <c>grpc-status-details-bin</c>
/// (<see href="https://github.com/googleapis/googleapis/blob/master/google/rpc/status.proto"/>).
/// </summary>
internal static class WireStatus
{
    public const string DetailsTrailer = "grpc-status-details-bin";

    // Many clients refuse a response with more than 8 KiB of headers, and the call then fails with a status that says nothing of the cause.
    // Percent-encoding makes three bytes of one, base64 four of three, and other trailers need their place too.
    private const int MaxMessageBytes = 2048;
    private const int MaxDetailsBytes = 3072;
    private const string Ellipsis = "…";

    /// <summary>Makes the trailers for a status: none if there are no details.</summary>
    public static Metadata Trailers(StatusCode code, string detail, IReadOnlyList<IMessage> details)
    {
        if (details.Count == 0)
        {
            return [];
        }

        var status = new Google.Rpc.Status { Code = (int)code, Message = Shorten(detail) };
        foreach (var message in details)
        {
            status.Details.Add(Any.Pack(message));
            if (status.CalculateSize() > MaxDetailsBytes)
            {
                // A caller is better off with the details that fit than with none.
                status.Details.RemoveAt(status.Details.Count - 1);
            }
        }

        return new Metadata { { DetailsTrailer, status.ToByteArray() } };
    }

    /// <summary>Adds the correlation id, and shortens a text that would not fit into the response's headers.</summary>
    public static RpcException Fit(RpcException exception, string correlationId)
    {
        var status = exception.Status;
        var detail = Shorten(status.Detail);
        var trailers = new Metadata();
        foreach (var entry in exception.Trailers)
        {
            if (entry.Key != StatusTranslator.CorrelationIdTrailer)
            {
                trailers.Add(entry);
            }
        }

        trailers.Add(StatusTranslator.CorrelationIdTrailer, correlationId);
        return new RpcException(new Status(status.StatusCode, detail, status.DebugException), trailers);
    }

    /// <summary>Cuts a text at a character's boundary so that it takes at most 2 KiB once percent-encoded.</summary>
    public static string Shorten(string text)
    {
        if (text.Length <= MaxMessageBytes / 9)
        {
            return text;
        }

        var size = 0;
        var fits = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            size += EncodedSize(rune);
            if (size > MaxMessageBytes)
            {
                return string.Concat(text.AsSpan(0, fits), Ellipsis);
            }

            fits += size <= MaxMessageBytes - (3 * 3) ? rune.Utf16SequenceLength : 0;
        }

        return text;
    }

    private static int EncodedSize(Rune rune) => rune.Value is >= ' ' and <= '~' and not '%' ? 1 : rune.Utf8SequenceLength * 3;
}
