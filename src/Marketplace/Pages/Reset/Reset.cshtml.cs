using BooksForYou.Marketplace.People;
using BooksForYou.Marketplace.Web;
using Microsoft.AspNetCore.Mvc;

namespace BooksForYou.Marketplace.Pages;

/// <summary>Where a mailed link sets a new password. Opening the page does nothing: programs that look through mails open links.</summary>
[NotKept]
[HoldsSecret]
internal sealed class ResetModel(AccountDesk desk, FrontDoor door) : AccountPage
{
    /// <summary>What the link holds.</summary>
    public string Link { get; private set; } = "";

    public IActionResult OnGet(string? link)
    {
        Link = link ?? "";
        return Link.Length > 0 ? Page() : new SeeOther("/forgot-password");
    }

    public async Task<IActionResult> OnPostAsync(string? link, string? newPassword)
    {
        Link = link ?? "";
        AccountFields.CheckNewPassword(Problems, newPassword ?? "");
        if (!Problems.IsEmpty)
        {
            return Page();
        }

        var answer = await desk.ResetAsync(HttpContext, Link, newPassword!);
        if (answer.End != AccountEnd.Done)
        {
            return ShowAgain(answer, "This link does not work: it was used already, or it is older than 30 minutes. Ask for another one.");
        }

        if (SessionCookie.SecretOf(HttpContext) is not null)
        {
            door.Forget(HttpContext);
        }

        return new SeeOther($"/sign-in?notice={AccountNotice.Reset}");
    }
}
