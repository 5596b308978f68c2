using BooksForYou.Contracts.Cart.V1;
using BooksForYou.Marketplace.Shopkeeping;
using BooksForYou.Marketplace.Web;
using Microsoft.AspNetCore.Mvc;

namespace BooksForYou.Marketplace.Pages.Admin;

/// <summary>All promotions, to be turned on and off. The button says what it turns to, so that pressed twice it does the same.</summary>
internal sealed class PromotionsModel(PromotionDesk desk, TimeProvider clock) : AdminPageModel
{
    /// <summary>The promotions, the newest first.</summary>
    public IReadOnlyList<Promotion> Promotions { get; private set; } = [];

    /// <summary>The time.</summary>
    public DateTimeOffset Now { get; } = clock.GetUtcNow();

    public Task OnGetAsync(string? notice)
    {
        Notice = AdminNotice.TextOf(notice);
        return ShowAsync();
    }

    /// <param name="promotion">The promotion.</param>
    /// <param name="on">Whether it is to be on.</param>
    public async Task<IActionResult> OnPostTurnAsync(string? promotion, bool on)
    {
        var found = await desk.FindAsync(HttpContext, promotion ?? "");
        if (IsDone(found, "Cart"))
        {
            var changed = found.Value!.Clone();
            changed.On = on;
            if (IsDone(await desk.UpdateAsync(HttpContext, changed), "Cart"))
            {
                return new SeeOther($"/admin/promotions?notice={(on ? AdminNotice.TurnedOn : AdminNotice.TurnedOff)}");
            }
        }

        await ShowAsync();
        return Page();
    }

    private async Task ShowAsync() => Promotions = Take(await desk.ListAsync(HttpContext), "Cart") ?? [];
}
