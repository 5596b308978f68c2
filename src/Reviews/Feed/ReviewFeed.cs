using System.Runtime.CompilerServices;
using BooksForYou.ServiceKit.Feeds;
using BooksForYou.ServiceKit.Storage;
using Microsoft.Extensions.Options;

namespace BooksForYou.Reviews.Feed;

/// <summary>The endless list of changes, from a position on. What this process writes is noticed at once, what others write at the next poll.</summary>
internal sealed class ReviewFeed(ReviewChangeStore changes, IOptions<ReviewsOptions> options, ReviewSignal signal, TimeProvider time)
{
    private const int PageSize = 200;

    /// <summary>Gives page after page. One that has no changes says that the follower is up to date, and comes at the beginning only.</summary>
    public async IAsyncEnumerable<ReviewChangePage> FollowAsync(FeedPosition after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var saidSo = false;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var next = signal.Changed.Next;
            var page = await changes.ReadAsync(after, PageSize, cancellationToken);
            if (page.Changes.Count > 0 || (page.IsLast && !saidSo))
            {
                saidSo = page.IsLast;
                yield return page;
            }

            if (page.Changes.Count > 0)
            {
                after = page.Changes[^1].Position;
            }

            if (page.Changes.Count < PageSize)
            {
                await Task.WhenAny(next, Task.Delay(options.Value.FeedPoll, time, cancellationToken));
            }
        }
    }
}
