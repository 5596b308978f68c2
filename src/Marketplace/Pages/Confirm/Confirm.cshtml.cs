using BooksForYou.Marketplace.People;
using BooksForYou.Marketplace.Web;
using Microsoft.AspNetCore.Mvc;

namespace BooksForYou.Marketplace.Pages;

/// <summary>Where a mailed link confirms an address. Opening the page does nothing: programs that look through mails open links.</summary>
[NotKept]
[HoldsSecret]
internal sealed class ConfirmModel(AccountDesk desk) : AccountPage
{
    /// <summary>What the link holds.</summary>
    public string Link { get; private set; } = "";

    /// <summary>Whether the address is confirmed.</summary>
    public bool IsDone { get; private set; }

    public IActionResult OnGet(string? link)
    {
        Link = link ?? "";
        return Link.Length > 0 ? Page() : NotFound();
    }

    public async Task<IActionResult> OnPostAsync(string? link)
    {
        Link = link ?? "";
        var answer = await desk.ConfirmAsync(HttpContext, Link);
        IsDone = answer.End == AccountEnd.Done;
        return IsDone ? Page() : ShowAgain(answer, "This link does not work any more. Your account page sends you another one.");
    }
}
