using BooksForYou.Marketplace.People;
using BooksForYou.Marketplace.Web;
using Microsoft.AspNetCore.Mvc;

namespace BooksForYou.Marketplace.Pages;

/// <summary>Where an account is deleted, after the password was asked for once more.</summary>
[NotKept]
[SignedIn]
internal sealed class DeleteAccountModel(AccountDesk desk, FrontDoor door) : AccountPage
{
    public async Task<IActionResult> OnPostAsync(string? password)
    {
        AccountFields.CheckPassword(Problems, password ?? "");
        if (!Problems.IsEmpty)
        {
            return Page();
        }

        var answer = await desk.DeleteAsync(HttpContext, password!);
        if (answer.End == AccountEnd.Refused)
        {
            Problems.Add(AccountFields.Password, "That is not your password.");
            return Page();
        }

        if (answer.End != AccountEnd.Done)
        {
            return ShowAgain(answer, "Nobody else runs the shop. Somebody has to, before this account can be deleted.");
        }

        door.Forget(HttpContext);
        return new SeeOther($"/sign-in?notice={AccountNotice.Deleted}");
    }
}
