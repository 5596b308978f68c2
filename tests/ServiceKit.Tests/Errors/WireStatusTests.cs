using BooksForYou.ServiceKit.Errors;
using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;

namespace BooksForYou.ServiceKit.Tests.Errors;

public sealed class WireStatusTests
{
    [Fact]
    public void Shorten_text_that_fits_is_untouched()
    {
        var text = new string('a', 2048);

        Assert.Equal(text, WireStatus.Shorten(text));
    }

    [Theory]
    [InlineData("a")]
    [InlineData("é")]
    [InlineData("書")]
    [InlineData("📚")]
    [InlineData("%")]
    public void Shorten_long_text_fits_in_two_kilobytes_once_encoded(string repeated)
    {
        var text = string.Concat(Enumerable.Repeat(repeated, 5000));

        var shortened = WireStatus.Shorten(text);

        Assert.EndsWith("…", shortened, StringComparison.Ordinal);
        Assert.StartsWith(shortened[..^1], text, StringComparison.Ordinal);
        Assert.InRange(Uri.EscapeDataString(shortened).Length, 2000, 2048);
        Assert.False(char.IsHighSurrogate(shortened[^2]), "A character was cut in two.");
    }

    [Fact]
    public void Trailers_details_beyond_the_limit_are_left_out()
    {
        var tooLarge = new DebugInfo { Detail = new string('x', 10_000) };
        IMessage[] details = [ErrorDetails.Reason("FIRST", "books"), tooLarge, ErrorDetails.Reason("THIRD", "books")];

        var trailers = WireStatus.Trailers(StatusCode.Aborted, "detail", details);

        var exception = new RpcException(new Grpc.Core.Status(StatusCode.Aborted, "detail"), trailers);
        Assert.Equal(["FIRST", "THIRD"], exception.GetRpcStatus()!.Details.Select(packed => packed.Unpack<ErrorInfo>().Type));
    }

    [Fact]
    public void Trailers_no_details_are_none() => Assert.Empty(WireStatus.Trailers(StatusCode.Aborted, "detail", []));

    [Fact]
    public void GetDetail_malformed_trailer_is_null()
    {
        var trailers = new Metadata { { "grpc-status-details-bin", new byte[] { 0xff, 0xff, 0xff } } };
        var exception = new RpcException(new Grpc.Core.Status(StatusCode.Aborted, ""), trailers);

        Assert.Null(exception.GetRpcStatus());
        Assert.Null(exception.GetDetail<ErrorInfo>());
    }
}
