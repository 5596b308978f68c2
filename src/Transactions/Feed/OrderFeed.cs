using System.Runtime.CompilerServices;
using BooksForYou.ServiceKit.Storage;
using Microsoft.Extensions.Options;

namespace BooksForYou.Transactions.Feed;

/// <summary>The endless list of events, from a position on. What this process writes is noticed at once, what others write at the next poll.</summary>
internal sealed class OrderFeed(OrderEventStore events, IOptions<TransactionsOptions> options, TransactionsSignals signals, TimeProvider time)
{
    private const int PageSize = 200;

    /// <summary>Gives page after page. One that has no events says that the follower is up to date, and comes at the beginning only.</summary>
    public async IAsyncEnumerable<OrderEventPage> FollowAsync(FeedPosition after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var saidSo = false;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var next = signals.OrderMoved.Next;
            var page = await events.ReadAsync(after, PageSize, cancellationToken);
            if (page.Events.Count > 0 || (page.IsLast && !saidSo))
            {
                saidSo = page.IsLast;
                yield return page;
            }

            if (page.Events.Count > 0)
            {
                after = page.Events[^1].Position;
            }

            if (page.Events.Count < PageSize)
            {
                await Task.WhenAny(next, Task.Delay(options.Value.PollInterval, time, cancellationToken));
            }
        }
    }
}
