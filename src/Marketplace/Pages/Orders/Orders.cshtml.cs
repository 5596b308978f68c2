using System.Globalization;
using BooksForYou.Contracts.Transactions.V1;
using BooksForYou.Marketplace.People;
using BooksForYou.Marketplace.Shopping;
using BooksForYou.Marketplace.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using PlacedOrder = BooksForYou.Contracts.Transactions.V1.Order;

namespace BooksForYou.Marketplace.Pages;

/// <summary>The orders of whoever is signed in, and a button that adds those placed as a guest.</summary>
[NotKept]
[SignedIn]
internal sealed class OrdersModel(OrderArchive archive) : PageModel
{
    private const int LongestToken = 512;

    /// <summary>The orders of this page, the newest first.</summary>
    public IReadOnlyList<PlacedOrder> Orders { get; private set; } = [];

    /// <summary>Whether this is the first page.</summary>
    public bool IsFirstPage { get; private set; }

    /// <summary>The address of the next page, if there is one.</summary>
    public string? NextHref { get; private set; }

    /// <summary>Whether the orders cannot be looked up now.</summary>
    public bool IsAway { get; private set; }

    /// <summary>What became of the button.</summary>
    public string? Notice { get; private set; }

    /// <summary>Whether orders of a guest can be claimed: they are known by the address, which must be the person's own.</summary>
    public bool CanClaim => Sessions.FoundIn(HttpContext) is { IsEmailConfirmed: true };

    /// <summary>Where an order stands, in a word or two.</summary>
    public static string Describe(OrderState state) => state switch
    {
        OrderState.Paid => "paid",
        OrderState.Declined => "not paid",
        OrderState.Refunding => "cancelled, being paid back",
        OrderState.Refunded => "cancelled, paid back",
        _ => "being confirmed",
    };

    /// <summary>The day an order was placed, in Coordinated Universal Time.</summary>
    public static string DayOf(PlacedOrder order) => order.CreateTime.ToDateTime().ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    public async Task<IActionResult> OnGetAsync(string? after, int? claimed)
    {
        if (after?.Length > LongestToken)
        {
            return NotFound();
        }

        Notice = claimed switch
        {
            null or < 0 => null,
            0 => "We found no other orders with your address.",
            1 => "One order was added.",
            _ => string.Create(CultureInfo.InvariantCulture, $"{claimed} orders were added."),
        };
        var answer = await archive.ListMineAsync(HttpContext, after ?? "");
        if (answer.Value is not { } list)
        {
            if (answer.IsRefused && after is not null)
            {
                return NotFound();
            }

            IsAway = true;
            Unavailable.Mark(Response);
            return Page();
        }

        IsFirstPage = string.IsNullOrEmpty(after);
        Orders = list.Orders;
        NextHref = list.NextPageToken.Length > 0 ? $"/account/orders?after={Uri.EscapeDataString(list.NextPageToken)}" : null;
        return Page();
    }

    public async Task<IActionResult> OnPostClaimAsync()
    {
        var answer = await archive.ClaimAsync(HttpContext);
        if (answer.Value is { } claim)
        {
            return new SeeOther(string.Create(CultureInfo.InvariantCulture, $"/account/orders?claimed={claim.Claimed}"));
        }

        IsAway = true;
        Unavailable.Mark(Response);
        return Page();
    }
}
