using BooksForYou.Contracts.Cart.V1;
using BooksForYou.Marketplace.People;
using BooksForYou.Marketplace.Shopping;
using BooksForYou.Marketplace.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using CartBasket = BooksForYou.Contracts.Cart.V1.Basket;

namespace BooksForYou.Marketplace.Pages;

/// <summary>Address, card and a last look at the order. Sent, it is a sale; sent twice, it is the same sale.</summary>
[NotKept]
internal sealed class CheckoutModel(Baskets baskets, Sales sales, PromotionUses uses, TestCardList testCards) : PageModel
{
    /// <summary>What is filled in.</summary>
    [BindProperty]
    public CheckoutForm Form { get; set; } = new();

    /// <summary>What is sold.</summary>
    public CartBasket Basket { get; private set; } = new();

    /// <summary>What is wrong with the form.</summary>
    public CheckoutErrors Errors { get; private set; } = new();

    /// <summary>Why the last attempt to pay came to nothing.</summary>
    public string? Problem { get; private set; }

    /// <summary>Whether nothing can be sold now, since prices or the basket cannot be looked up.</summary>
    public bool IsAway { get; private set; }

    /// <summary>The cards that may be tried; none with a real gateway.</summary>
    public TestCardList TestCards { get; } = testCards;

    /// <summary>Whether the basket can be sold as it is.</summary>
    public bool CanPay => Basket.Lines.All(line => !line.Unavailable && line.Available >= line.Quantity);

    /// <summary>What is filled in of the card when the page is shown again: the name on it, and nothing else.</summary>
    public string ShownOfCard(CheckoutField cardField) => cardField.Name == nameof(CheckoutForm.Holder) ? Form.Holder : "";

    /// <param name="again">The key of a sale that was never begun, to be tried under the same key: should it have begun after all, it is not sold twice.</param>
    public async Task<IActionResult> OnGetAsync(string? again)
    {
        if (!Sessions.MayHaveBasket(HttpContext))
        {
            return ToBasket();
        }

        Form.Key = Token.IsWellFormed(again) ? again : Token.New();
        if (Sessions.FoundIn(HttpContext) is { } person)
        {
            (Form.Email, Form.Name) = (person.Email, person.Name);
        }

        await LookAsync();
        if (!IsAway && Basket.Lines.Count == 0)
        {
            return ToBasket();
        }

        // The basket says beside each book why it cannot be sold as it is.
        return IsAway || CanPay ? Page() : new SeeOther("/basket");
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!Sessions.MayHaveBasket(HttpContext))
        {
            return ToBasket();
        }

        if (!Token.IsWellFormed(Form.Key))
        {
            Form.Key = Token.New();
        }

        Errors = CheckoutErrors.Of(Form);
        if (!Errors.IsEmpty)
        {
            await LookAsync();
            return Page();
        }

        var result = await sales.PayAsync(HttpContext, Form.ToRequest());
        if (Sessions.FoundIn(HttpContext) is { } person)
        {
            uses.Forget(person);
        }

        return result switch
        {
            { End: PaymentEnd.BasketEmpty } => ToBasket(),
            { End: PaymentEnd.Unknown or PaymentEnd.NoSale } => new SeeOther($"/checkout/sale/{Form.Key}"),
            { Answer: { Outcome: SaleOutcome.Sold or SaleOutcome.Refunded } answer } => ToOrder(answer),
            _ => await AskAgainAsync(result),
        };
    }

    private static SeeOther ToBasket() => new($"/basket?notice={BasketNotice.Empty}");

    private SeeOther ToOrder(CheckoutResponse answer)
    {
        if (answer.Outcome == SaleOutcome.Sold)
        {
            Visitor.RememberCopies(HttpContext, 0);
        }

        return new SeeOther($"/orders/{answer.OrderId}?placed=now");
    }

    private async Task<IActionResult> AskAgainAsync(PaymentResult result)
    {
        Errors = CheckoutErrors.Of(result.Violations);
        Problem = Errors.IsEmpty ? SaleWords.Problem(result) : null;
        if (result.End is not (PaymentEnd.Invalid or PaymentEnd.NotAsked))
        {
            // The answer of a key is its answer for ever: the next attempt is another sale.
            Form.Key = Token.New();
        }

        await LookAsync();
        return !IsAway && Basket.Lines.Count == 0 ? ToBasket() : Page();
    }

    /// <summary>What the page shows is what the next attempt is held to.</summary>
    private async Task LookAsync()
    {
        var answer = await baskets.GetAsync(HttpContext);
        IsAway = answer.Value is not { Priced: true } && answer.Value is not { Lines.Count: 0 };
        if (IsAway)
        {
            Unavailable.Mark(Response);
            return;
        }

        Basket = answer.Value!;
        Visitor.RememberCopies(HttpContext, Basket.Copies);
        Form.Show(Basket);
    }
}
