using BooksForYou.Marketplace.People;
using BooksForYou.Marketplace.Web;
using Microsoft.AspNetCore.Mvc;

namespace BooksForYou.Marketplace.Pages;

/// <summary>Where a password is changed. Every other session of the account ends.</summary>
[NotKept]
[SignedIn]
internal sealed class PasswordModel(AccountDesk desk) : AccountPage
{
    public async Task<IActionResult> OnPostAsync(string? password, string? newPassword)
    {
        AccountFields.CheckPassword(Problems, password ?? "");
        AccountFields.CheckNewPassword(Problems, newPassword ?? "");
        if (!Problems.IsEmpty)
        {
            return Page();
        }

        var answer = await desk.ChangePasswordAsync(HttpContext, password!, newPassword!);
        if (answer.End == AccountEnd.Refused)
        {
            Problems.Add(AccountFields.Password, "That is not your password.");
            return Page();
        }

        return answer.End == AccountEnd.Done
            ? new SeeOther($"/account?notice={AccountNotice.Password}")
            : ShowAgain(answer, "The password could not be changed. Please try again.");
    }
}
