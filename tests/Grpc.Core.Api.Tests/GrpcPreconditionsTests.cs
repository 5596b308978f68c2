using Grpc.Core.Utils;

namespace BooksForYou.GrpcApi.Tests;

public sealed class GrpcPreconditionsTests
{
    [Fact]
    public void Checks_fulfilled_pass()
    {
        var reference = new object();

        GrpcPreconditions.CheckArgument(true);
        GrpcPreconditions.CheckArgument(true, "message");
        GrpcPreconditions.CheckState(true);
        GrpcPreconditions.CheckState(true, "message");
        Assert.Same(reference, GrpcPreconditions.CheckNotNull(reference));
        Assert.Same(reference, GrpcPreconditions.CheckNotNull(reference, "name"));
    }

    [Fact]
    public void CheckArgument_false_throws_ArgumentException()
    {
        Assert.Throws<ArgumentException>(() => GrpcPreconditions.CheckArgument(false));
        Assert.Equal("message", Assert.Throws<ArgumentException>(() => GrpcPreconditions.CheckArgument(false, "message")).Message);
    }

    [Fact]
    public void CheckNotNull_null_throws_ArgumentNullException()
    {
        Assert.Throws<ArgumentNullException>(() => GrpcPreconditions.CheckNotNull<string?>(null));
        Assert.Throws<ArgumentNullException>("name", () => GrpcPreconditions.CheckNotNull<string?>(null, "name"));
    }

    [Fact]
    public void CheckState_false_throws_InvalidOperationException()
    {
        Assert.Throws<InvalidOperationException>(() => GrpcPreconditions.CheckState(false));
        Assert.Equal("message", Assert.Throws<InvalidOperationException>(() => GrpcPreconditions.CheckState(false, "message")).Message);
    }
}
