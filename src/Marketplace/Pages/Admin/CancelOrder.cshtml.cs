using BooksForYou.Contracts.Transactions.V1;
using BooksForYou.Marketplace.Shopkeeping;
using BooksForYou.Marketplace.Web;
using Microsoft.AspNetCore.Mvc;

namespace BooksForYou.Marketplace.Pages.Admin;

/// <summary>Asks once more before an order is cancelled. Cancelled twice, it is cancelled once.</summary>
internal sealed class CancelOrderModel(OrderDesk desk) : AdminPageModel
{
    /// <summary>The order; null while it cannot be looked up.</summary>
    public Order? Order { get; private set; }

    /// <summary>Whether it can be cancelled.</summary>
    public bool IsPaid => Order?.State == OrderState.Paid;

    public Task<IActionResult> OnGetAsync(string id) => ShowAsync(id);

    public async Task<IActionResult> OnPostAsync(string id)
    {
        var answer = await desk.CancelAsync(HttpContext, id);
        return IsDone(answer, "Cart", ("order_id", "", "")) ? new SeeOther($"/admin/orders/{id}?notice={AdminNotice.Cancelled}") : await ShowAsync(id);
    }

    private async Task<IActionResult> ShowAsync(string id)
    {
        var answer = await desk.FindAsync(HttpContext, id);
        Order = Take(answer, "Transactions");
        return answer.IsRefused ? NotFound() : Page();
    }
}
