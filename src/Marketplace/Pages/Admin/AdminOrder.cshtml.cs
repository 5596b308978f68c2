using BooksForYou.Contracts.Transactions.V1;
using BooksForYou.Marketplace.Shopkeeping;
using Microsoft.AspNetCore.Mvc;

namespace BooksForYou.Marketplace.Pages.Admin;

/// <summary>An order, with what is to be known to answer its customer.</summary>
internal sealed class AdminOrderModel(OrderDesk desk) : AdminPageModel
{
    /// <summary>The order; null while it cannot be looked up.</summary>
    public Order? Order { get; private set; }

    /// <summary>After how many seconds the page is to look again; 0 when there is nothing to wait for.</summary>
    public int RefreshSeconds => Order?.State is OrderState.Pending or OrderState.Refunding ? 3 : 0;

    public async Task<IActionResult> OnGetAsync(string id, string? notice)
    {
        Notice = AdminNotice.TextOf(notice);
        var answer = await desk.FindAsync(HttpContext, id);
        Order = Take(answer, "Transactions");
        return answer.IsRefused ? NotFound() : Page();
    }
}
