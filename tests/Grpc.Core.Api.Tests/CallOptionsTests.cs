using Grpc.Core;

namespace BooksForYou.GrpcApi.Tests;

public sealed class CallOptionsTests
{
    [Fact]
    public void Default_has_nothing_set()
    {
        var options = default(CallOptions);

        Assert.Equal(new CallOptions(), options);
        Assert.Null(options.Headers);
        Assert.Null(options.Deadline);
        Assert.Equal(CancellationToken.None, options.CancellationToken);
        Assert.Null(options.WriteOptions);
        Assert.Null(options.PropagationToken);
        Assert.Null(options.Credentials);
        Assert.False(options.IsWaitForReady);
    }

    [Fact]
    public void With_each_part_changes_that_part_of_a_copy_only()
    {
        using var cancellation = new CancellationTokenSource();
        var headers = new Metadata();
        var deadline = new DateTime(2030, 1, 2, 3, 4, 5, DateTimeKind.Utc);
        var writeOptions = new WriteOptions(WriteFlags.NoCompress);
        var credentials = CallCredentials.FromInterceptor((_, _) => Task.CompletedTask);
        var none = new CallOptions();

        Assert.Equal(new CallOptions(headers: headers), none.WithHeaders(headers));
        Assert.Equal(new CallOptions(deadline: deadline), none.WithDeadline(deadline));
        Assert.Equal(new CallOptions(cancellationToken: cancellation.Token), none.WithCancellationToken(cancellation.Token));
        Assert.Equal(new CallOptions(writeOptions: writeOptions), none.WithWriteOptions(writeOptions));
        Assert.Equal(new CallOptions(credentials: credentials), none.WithCredentials(credentials));
        Assert.True(none.WithWaitForReady().IsWaitForReady);
        Assert.Equal(none, none.WithWaitForReady().WithWaitForReady(false));

        // Nothing of the above has changed it.
        Assert.Equal(default, none);
    }

    [Fact]
    public void With_one_part_keeps_the_others()
    {
        var headers = new Metadata();
        var deadline = DateTime.UtcNow;

        var options = new CallOptions(headers, deadline).WithWaitForReady().WithWriteOptions(WriteOptions.Default);

        Assert.Same(headers, options.Headers);
        Assert.Equal(deadline, options.Deadline);
        Assert.True(options.IsWaitForReady);
        Assert.Same(WriteOptions.Default, options.WriteOptions);
    }

    [Fact]
    public void WriteOptions_default_has_no_flags()
    {
        Assert.Equal(default, WriteOptions.Default.Flags);
        Assert.Equal(WriteFlags.BufferHint | WriteFlags.NoCompress, new WriteOptions(WriteFlags.BufferHint | WriteFlags.NoCompress).Flags);
    }

    [Fact]
    public void ContextPropagationOptions_default_propagates_both()
    {
        Assert.Equal((true, true), Propagated(ContextPropagationOptions.Default));
        Assert.Equal((false, true), Propagated(new ContextPropagationOptions(propagateDeadline: false)));
        Assert.Equal((true, false), Propagated(new ContextPropagationOptions(propagateCancellation: false)));

        static (bool Deadline, bool Cancellation) Propagated(ContextPropagationOptions options) =>
            (options.IsPropagateDeadline, options.IsPropagateCancellation);
    }
}
