using System.Runtime.CompilerServices;
using BooksForYou.ServiceKit.Storage;
using Microsoft.Extensions.Options;

namespace BooksForYou.Accounts.Deletions;

/// <summary>The endless list of deletions, from a position on. What this process deletes is noticed at once, what others do at the next poll.</summary>
internal sealed class DeletionFeed(DeletionStore deletions, IOptions<AccountsOptions> options, AccountsSignals signals, TimeProvider time)
{
    private const int PageSize = 200;

    /// <summary>Gives page after page. One that has no events says that the follower is up to date, and comes at the beginning only.</summary>
    public async IAsyncEnumerable<DeletionPage> FollowAsync(FeedPosition after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var saidSo = false;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var next = signals.AccountDeleted.Next;
            var page = await deletions.ReadAsync(after, PageSize, cancellationToken);
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
