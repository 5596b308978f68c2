using BooksForYou.Contracts.Cart.V1;
using BooksForYou.Marketplace.People;
using BooksForYou.Marketplace.Shopping;
using BooksForYou.Marketplace.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace BooksForYou.Marketplace.Pages;

/// <summary>A payment whose outcome was not known when it was made. The page looks again by itself until it is.</summary>
[NotKept]
internal sealed class SaleModel(Sales sales, PromotionUses uses) : PageModel
{
    /// <summary>The key of the sale.</summary>
    public string Key { get; private set; } = "";

    /// <summary>Why nothing was sold; null while it is not known.</summary>
    public string? Problem { get; private set; }

    /// <summary>Whether the outcome is still to come.</summary>
    public bool IsUnderWay => Problem is null;

    /// <summary>The way back: under the same key when nothing was ever begun.</summary>
    public string AgainHref { get; private set; } = "/checkout";

    public async Task<IActionResult> OnGetAsync(string key)
    {
        if (!Token.IsWellFormed(key) || !Sessions.MayHaveBasket(HttpContext))
        {
            return NotFound();
        }

        Key = key;
        var result = await sales.FindAsync(HttpContext, key);
        if (result.Answer is not null && Sessions.FoundIn(HttpContext) is { } person)
        {
            uses.Forget(person);
        }

        switch (result)
        {
            case { Answer: { Outcome: SaleOutcome.Sold or SaleOutcome.Refunded } answer }:
                if (answer.Outcome == SaleOutcome.Sold)
                {
                    Visitor.RememberCopies(HttpContext, 0);
                }

                return new SeeOther($"/orders/{answer.OrderId}?placed=now");
            case { End: PaymentEnd.Unknown }:
                return Page();
            default:
                Problem = SaleWords.Problem(result);
                AgainHref = result.End == PaymentEnd.NoSale ? $"/checkout?again={key}" : "/checkout";
                return Page();
        }
    }
}
