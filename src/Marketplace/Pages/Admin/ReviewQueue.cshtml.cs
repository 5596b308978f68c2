using BooksForYou.Contracts.Reviews.V1;
using BooksForYou.Marketplace.Shopkeeping;
using BooksForYou.Marketplace.Web;
using Microsoft.AspNetCore.Mvc;

namespace BooksForYou.Marketplace.Pages.Admin;

/// <summary>Reviews that the word filter has held back, and those that readers have reported: shown to everybody, or hidden.</summary>
internal sealed class ReviewQueueModel(ReviewDesk desk) : AdminPageModel
{
    /// <summary>The reviews of this page.</summary>
    public IReadOnlyList<QueuedReview> Queue { get; private set; } = [];

    /// <summary>The way to the next page.</summary>
    public Pager Pager { get; private set; } = null!;

    public Task OnGetAsync(string? after, string? notice)
    {
        Notice = AdminNotice.TextOf(notice);
        return ShowAsync(after);
    }

    /// <param name="review">The review.</param>
    /// <param name="show">Whether everybody is to see it; false hides it.</param>
    public async Task<IActionResult> OnPostDecideAsync(string? review, bool show)
    {
        var answer = await desk.DecideAsync(HttpContext, review ?? "", show ? ReviewState.Visible : ReviewState.Hidden);
        if (IsDone(answer, "Reviews", ("review_id", "", "")))
        {
            return new SeeOther($"/admin/reviews?notice={(show ? AdminNotice.Shown : AdminNotice.Hidden)}");
        }

        await ShowAsync(after: null);
        return Page();
    }

    private async Task ShowAsync(string? after)
    {
        var list = Take(await desk.ListAsync(HttpContext, after ?? ""), "Reviews");
        Queue = list?.Reviews ?? [];
        Pager = Pager.Of("/admin/reviews", after, list?.NextPageToken ?? "");
    }
}
