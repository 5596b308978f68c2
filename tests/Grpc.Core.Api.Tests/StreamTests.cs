using Grpc.Core;

namespace BooksForYou.GrpcApi.Tests;

public sealed class StreamTests
{
    [Fact]
    public async Task ReadAllAsync_gives_every_message_in_order()
    {
        Assert.Equal(["a", "b", "c"], await ReadAsync(new ListReader<string>("a", "b", "c").ReadAllAsync()));
        Assert.Empty(await ReadAsync(new ListReader<string>().ReadAllAsync()));
    }

    [Fact]
    public async Task ReadAllAsync_token_reaches_every_read()
    {
        using var cancellation = new CancellationTokenSource();
        var reader = new ListReader<string>("a");

        await ReadAsync(reader.ReadAllAsync(cancellation.Token));

        Assert.Equal([cancellation.Token, cancellation.Token], reader.Tokens);
    }

    [Fact]
    public async Task ReadAllAsync_token_of_WithCancellation_reaches_every_read()
    {
        using var cancellation = new CancellationTokenSource();
        var reader = new ListReader<string>("a");

        await foreach (var message in reader.ReadAllAsync().WithCancellation(cancellation.Token))
        {
            Assert.Equal("a", message);
        }

        Assert.Equal([cancellation.Token, cancellation.Token], reader.Tokens);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ReadAllAsync_either_of_two_tokens_ends_it(bool first)
    {
        using var one = new CancellationTokenSource();
        using var two = new CancellationTokenSource();
        var reader = new ListReader<string>("a", "b");
        var messages = new List<string>();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var message in reader.ReadAllAsync(one.Token).WithCancellation(two.Token))
            {
                messages.Add(message);
                await (first ? one : two).CancelAsync();
            }
        });

        Assert.Equal(["a"], messages);
    }

    [Fact]
    public void ReadAllAsync_null_throws_at_once()
    {
        Assert.Throws<ArgumentNullException>(() => { ((IAsyncStreamReader<string>)null!).ReadAllAsync(); });
    }

    [Fact]
    public async Task MoveNext_without_token_cannot_be_cancelled()
    {
        var reader = new ListReader<string>("a");

        Assert.True(await reader.MoveNext());
        Assert.Equal("a", reader.Current);
        Assert.False(await reader.MoveNext());
        Assert.All(reader.Tokens, token => Assert.False(token.CanBeCanceled));
        await Assert.ThrowsAsync<ArgumentNullException>(() => ((IAsyncStreamReader<string>)null!).MoveNext());
    }

    [Fact]
    public async Task WriteAsync_token_that_cannot_be_cancelled_writes()
    {
        var writer = new ListWriter<string>();

        await ((IAsyncStreamWriter<string>)writer).WriteAsync("a", CancellationToken.None);

        Assert.Equal(["a"], writer.Messages);
    }

    [Fact]
    public async Task WriteAsync_token_without_support_throws()
    {
        using var cancellation = new CancellationTokenSource();
        var writer = new ListWriter<string>();

        await Assert.ThrowsAsync<NotSupportedException>(() => ((IAsyncStreamWriter<string>)writer).WriteAsync("a", cancellation.Token));

        Assert.Empty(writer.Messages);
    }

    private static async Task<List<string>> ReadAsync(IAsyncEnumerable<string> messages)
    {
        var list = new List<string>();
        await foreach (var message in messages)
        {
            list.Add(message);
        }

        return list;
    }
}
