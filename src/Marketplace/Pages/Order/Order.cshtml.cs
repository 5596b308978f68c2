using System.Globalization;
using BooksForYou.Contracts.Transactions.V1;
using BooksForYou.Marketplace.People;
using BooksForYou.Marketplace.Shopping;
using BooksForYou.Marketplace.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using PlacedOrder = BooksForYou.Contracts.Transactions.V1.Order;

namespace BooksForYou.Marketplace.Pages;

/// <summary>An order by its unguessable number: the confirmation after paying, and the receipt to print. A customer's order is seen by the customer only.</summary>
[NotKept]
internal sealed class OrderModel(OrderArchive orders) : PageModel
{
    /// <summary>The order.</summary>
    public PlacedOrder Order { get; private set; } = null!;

    /// <summary>Whether it was placed a moment ago, and paid.</summary>
    public bool IsThanks { get; private set; }

    /// <summary>Whether the order cannot be looked up now.</summary>
    public bool IsAway { get; private set; }

    /// <summary>After how many seconds the page is to look again; 0 when there is nothing to wait for.</summary>
    public int RefreshSeconds => IsAway ? 5 : Order.State == OrderState.Pending ? 3 : 0;

    /// <summary>The heading.</summary>
    public string Title => IsThanks ? "Thank you! Your books are on their way" : "Your order";

    /// <summary>What to do with the page: a guest's order is seen by whoever has its address.</summary>
    public string Keeping => Order.CustomerId.Length > 0
        ? "This page is the receipt as well: print it, or come back to it from your account."
        : "This page is the receipt as well: print it, or keep its address, which only you have.";

    /// <summary>Where it stands, in a sentence.</summary>
    public string State => Order.State switch
    {
        OrderState.Paid => "Paid.",
        OrderState.Declined => $"Not paid. {Order.DeclineReason}",
        OrderState.Refunding => "Cancelled. Your money is on its way back to your card.",
        OrderState.Refunded => "Cancelled. The whole amount has been paid back to your card.",
        _ => "The payment is being confirmed.",
    };

    /// <summary>The day it was placed, in Coordinated Universal Time.</summary>
    public string Day => Order.CreateTime.ToDateTime().ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>The rate of the tax, such as 7 %.</summary>
    public string TaxRate => string.Create(CultureInfo.InvariantCulture, $"{Order.TaxRateBasisPoints / 100m:0.##}\u00a0%");

    /// <summary>The card, as far as the shop knows it.</summary>
    public string Card => $"{BrandName(Order.CardBrand)} ending in {Order.CardLastFour}";

    public async Task<IActionResult> OnGetAsync(string id, string? placed)
    {
        var answer = await orders.GetAsync(HttpContext, id);
        if (answer.Value is not { } order)
        {
            if (answer.IsRefused)
            {
                // It may be a customer's, who is not signed in here.
                return Sessions.FoundIn(HttpContext) is null ? new SeeOther(LocalPath.SignInHref($"/orders/{Uri.EscapeDataString(id)}")) : NotFound();
            }

            IsAway = true;
            Unavailable.Mark(Response);
            return Page();
        }

        Order = order;
        IsThanks = placed is not null && order.State == OrderState.Paid;
        return Page();
    }

    private static string BrandName(string brand) => brand switch
    {
        "visa" => "Visa",
        "mastercard" => "Mastercard",
        "amex" => "American Express",
        "diners" => "Diners Club",
        "discover" => "Discover",
        "jcb" => "JCB",
        "unionpay" => "UnionPay",
        "maestro" => "Maestro",
        _ => "Card",
    };
}
