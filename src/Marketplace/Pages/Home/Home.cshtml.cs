using Microsoft.AspNetCore.Mvc.RazorPages;

namespace BooksForYou.Marketplace.Pages;

/// <summary>The home page: three mystery books, chosen anew at each visit, and the shelves.</summary>
internal sealed class HomeModel(ShopWindow window) : PageModel
{
    /// <summary>The mystery books, none if nothing is known.</summary>
    public IReadOnlyList<BookTile> Picks { get; private set; } = [];

    /// <summary>The shelves below them.</summary>
    public Arrangement Window { get; private set; } = Arrangement.Empty;

    public async Task OnGetAsync()
    {
        var picks = window.GetPicksAsync(HttpContext.RequestAborted);
        Window = await window.GetArrangementAsync();
        Picks = await picks;
    }
}
