using BooksForYou.Contracts.Inventory.V1;
using BooksForYou.Marketplace.Shopkeeping;

namespace BooksForYou.Marketplace.Pages.Admin;

/// <summary>The catalogue, to look for a book that is to be changed.</summary>
internal sealed class BooksModel(StockRoom stock) : AdminPageModel
{
    /// <summary>What is looked for.</summary>
    public string Query { get; private set; } = "";

    /// <summary>The books of this page.</summary>
    public IReadOnlyList<Book> Books { get; private set; } = [];

    /// <summary>The way to the next page.</summary>
    public Pager Pager { get; private set; } = null!;

    public async Task OnGetAsync(string? q, string? after)
    {
        Query = BookCatalogue.CleanQuery(q);
        var first = Query.Length == 0 ? "/admin/books" : $"/admin/books?q={Uri.EscapeDataString(Query)}";
        var list = Take(await stock.ListAsync(HttpContext, Query, after ?? ""), "Inventory");
        Books = list?.Books ?? [];
        Pager = Pager.Of(first, after, list?.NextPageToken ?? "");
    }
}
