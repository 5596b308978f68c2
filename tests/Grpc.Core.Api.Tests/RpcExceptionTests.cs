using Grpc.Core;

namespace BooksForYou.GrpcApi.Tests;

public sealed class RpcExceptionTests
{
    private static readonly Status NotFound = new(StatusCode.NotFound, "Category not found");

    [Fact]
    public void Message_without_one_of_its_own_is_the_status()
    {
        const string Message = "Status(StatusCode=\"NotFound\", Detail=\"Category not found\")";

        Assert.Equal(Message, new RpcException(NotFound).Message);
        Assert.Equal(Message, new RpcException(NotFound, []).Message);
    }

    [Fact]
    public void Message_of_its_own_is_kept()
    {
        Assert.Equal("mine", new RpcException(NotFound, "mine").Message);
        Assert.Equal("mine", new RpcException(NotFound, [], "mine").Message);
    }

    [Fact]
    public void Status_and_code_are_those_given()
    {
        var exception = new RpcException(NotFound);

        Assert.Equal(NotFound, exception.Status);
        Assert.Equal(StatusCode.NotFound, exception.StatusCode);
    }

    [Fact]
    public void Trailers_are_those_given_or_empty()
    {
        var trailers = new Metadata { { "a", "1" } };

        Assert.Same(trailers, new RpcException(NotFound, trailers).Trailers);
        Assert.Empty(new RpcException(NotFound).Trailers);
        Assert.Throws<ArgumentNullException>(() => new RpcException(NotFound, (Metadata)null!));
    }

    [Fact]
    public void InnerException_is_the_debug_exception()
    {
        var cause = new TimeoutException();

        Assert.Same(cause, new RpcException(new Status(StatusCode.Unavailable, "", cause)).InnerException);
        Assert.Null(new RpcException(NotFound).InnerException);
    }
}
