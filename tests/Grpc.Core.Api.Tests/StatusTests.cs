using Grpc.Core;

namespace BooksForYou.GrpcApi.Tests;

public sealed class StatusTests
{
    [Fact]
    public void ToString_shows_code_and_detail()
    {
        var status = new Status(StatusCode.NotFound, "No such book");

        Assert.Equal("Status(StatusCode=\"NotFound\", Detail=\"No such book\")", status.ToString());
    }

    [Fact]
    public void ToString_debug_exception_shows_its_type_and_message()
    {
        var status = new Status(StatusCode.Unavailable, "No answer", new TimeoutException("too slow"));

        Assert.Equal(
            "Status(StatusCode=\"Unavailable\", Detail=\"No answer\", DebugException=\"System.TimeoutException: too slow\")",
            status.ToString());
    }

    [Fact]
    public void Equals_same_code_detail_and_exception_is_equal()
    {
        var exception = new TimeoutException();

        Assert.Equal(new Status(StatusCode.NotFound, "a"), new Status(StatusCode.NotFound, "a"));
        Assert.Equal(new Status(StatusCode.NotFound, "a", exception), new Status(StatusCode.NotFound, "a", exception));
        Assert.Equal(new Status(StatusCode.NotFound, "a").GetHashCode(), new Status(StatusCode.NotFound, "a").GetHashCode());
    }

    [Fact]
    public void Equals_any_part_differs_is_not_equal()
    {
        var status = new Status(StatusCode.NotFound, "a");

        Assert.NotEqual(new Status(StatusCode.Aborted, "a"), status);
        Assert.NotEqual(new Status(StatusCode.NotFound, "b"), status);
        Assert.NotEqual(new Status(StatusCode.NotFound, "a", new TimeoutException()), status);
    }

    [Fact]
    public void Default_is_success_with_empty_detail()
    {
        Assert.Equal(Status.DefaultSuccess, default);
        Assert.Equal("", default(Status).Detail);
        Assert.Equal(StatusCode.OK, Status.DefaultSuccess.StatusCode);
        Assert.Equal(StatusCode.Cancelled, Status.DefaultCancelled.StatusCode);
        Assert.Equal("", Status.DefaultCancelled.Detail);
    }
}
