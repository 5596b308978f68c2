using BooksForYou.Contracts.Cart.V1;
using BooksForYou.Marketplace.People;
using BooksForYou.Marketplace.Shopping;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace BooksForYou.Marketplace.Pages;

/// <summary>The home page: three mystery books, chosen anew at each visit, the shelves, and the offer for those who have not used it.</summary>
internal sealed class HomeModel(ShopWindow window, Offers offers, PromotionUses uses) : PageModel
{
    /// <summary>The mystery books, none if nothing is known.</summary>
    public IReadOnlyList<BookTile> Picks { get; private set; } = [];

    /// <summary>The shelves below them.</summary>
    public Arrangement Window { get; private set; } = Arrangement.Empty;

    /// <summary>The offer; null when there is none for whoever looks.</summary>
    public Promotion? Offer { get; private set; }

    /// <summary>Whether whoever looks has to sign in to use the offer.</summary>
    public bool IsGuest => Sessions.FoundIn(HttpContext) is null;

    public async Task OnGetAsync()
    {
        var picks = window.GetPicksAsync(HttpContext.RequestAborted);
        var offer = FindOfferAsync();
        Window = await window.GetArrangementAsync();
        Picks = await picks;
        Offer = await offer;
    }

    private async ValueTask<Promotion?> FindOfferAsync()
    {
        if (offers.BuyTwoGetOneFree is not { } offer || Sessions.IsUnknownIn(HttpContext))
        {
            return null;
        }

        return Sessions.FoundIn(HttpContext) is not { } person || await uses.HasUsedAsync(person, HttpContext.RequestAborted) == false ? offer : null;
    }
}
