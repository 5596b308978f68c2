using BooksForYou.Contracts.Transactions.V1;
using BooksForYou.Marketplace.Shopkeeping;

namespace BooksForYou.Marketplace.Pages.Admin;

/// <summary>All orders, the newest first.</summary>
internal sealed class AdminOrdersModel(OrderDesk desk) : AdminPageModel
{
    /// <summary>The orders of this page.</summary>
    public IReadOnlyList<Order> Orders { get; private set; } = [];

    /// <summary>The way to older orders.</summary>
    public Pager Pager { get; private set; } = null!;

    public async Task OnGetAsync(string? after)
    {
        var list = Take(await desk.ListAsync(HttpContext, after ?? ""), "Transactions");
        Orders = list?.Orders ?? [];
        Pager = Pager.Of("/admin/orders", after, list?.NextPageToken ?? "");
    }
}
