using BooksForYou.Marketplace.People;
using BooksForYou.Marketplace.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace BooksForYou.Marketplace.Pages;

/// <summary>All that the shop knows of whoever is signed in, as a file (Regulation (EU) 2016/679, article 20).</summary>
[NotKept]
[SignedIn]
internal sealed class ExportModel(DataExport export) : PageModel
{
    public async Task<IActionResult> OnGetAsync() => File(await export.GatherAsync(HttpContext), "application/json", "my-data.json");
}
