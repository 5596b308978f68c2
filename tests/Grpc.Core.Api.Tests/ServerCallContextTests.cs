using Grpc.Core;

namespace BooksForYou.GrpcApi.Tests;

public sealed class ServerCallContextTests
{
    private readonly TestServerCallContext _context = new();

    [Fact]
    public void Properties_are_those_of_the_server()
    {
        Assert.Equal("/test.Echo/Say", _context.Method);
        Assert.Equal("localhost", _context.Host);
        Assert.Equal("ipv4:127.0.0.1:40000", _context.Peer);
        Assert.Equal(new DateTime(2030, 1, 2, 3, 4, 5, DateTimeKind.Utc), _context.Deadline);
        Assert.Equal("1", _context.RequestHeaders.GetValue("header"));
        Assert.True(_context.CancellationToken.IsCancellationRequested);
        Assert.Empty(_context.ResponseTrailers);
        Assert.False(_context.AuthContext.IsPeerAuthenticated);
    }

    [Fact]
    public void Status_and_WriteOptions_set_are_kept()
    {
        _context.Status = Status.DefaultCancelled;
        _context.WriteOptions = WriteOptions.Default;

        Assert.Equal(Status.DefaultCancelled, _context.Status);
        Assert.Same(WriteOptions.Default, _context.WriteOptions);
    }

    [Fact]
    public void UserState_is_one_dictionary_for_the_call()
    {
        _context.UserState["key"] = "value";

        Assert.Equal("value", _context.UserState["key"]);
        Assert.Empty(new TestServerCallContext().UserState);
    }

    [Fact]
    public async Task WriteResponseHeadersAsync_hands_the_headers_to_the_server()
    {
        var headers = new Metadata();

        await _context.WriteResponseHeadersAsync(headers);

        Assert.Same(headers, _context.SentHeaders);
    }

    [Fact]
    public void CreatePropagationToken_hands_the_options_to_the_server()
    {
        _context.CreatePropagationToken(ContextPropagationOptions.Default);

        Assert.Same(ContextPropagationOptions.Default, _context.PropagationOptions);
    }
}
