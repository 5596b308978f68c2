using BooksForYou.Marketplace.Operations;

namespace BooksForYou.Marketplace.Pages.Admin;

/// <summary>How the services are doing. A process that is away is shown as that, and the page is there all the same.</summary>
internal sealed class OpsModel(ControlRoom room) : AdminPageModel
{
    /// <summary>The store.</summary>
    public StoreView Store { get; private set; } = null!;

    public async Task OnGetAsync() => Store = await room.LookAsync(HttpContext.RequestAborted);
}
