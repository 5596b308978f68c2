using BooksForYou.Marketplace.People;
using BooksForYou.Marketplace.Web;
using Microsoft.AspNetCore.Mvc;

namespace BooksForYou.Marketplace.Pages;

/// <summary>Where a link is asked for that sets a new password. The answer is the same whether there is such an account or not.</summary>
[NotKept]
internal sealed class ForgotPasswordModel(AccountDesk desk) : AccountPage
{
    /// <summary>The address that was typed.</summary>
    public string Email { get; private set; } = "";

    /// <summary>Whether a link was asked for.</summary>
    public bool IsDone { get; private set; }

    public async Task<IActionResult> OnPostAsync(string? email)
    {
        Email = (email ?? "").Trim();
        AccountFields.CheckEmail(Problems, Email);
        if (!Problems.IsEmpty)
        {
            return Page();
        }

        var answer = await desk.RequestResetAsync(HttpContext, Email);
        IsDone = answer.End == AccountEnd.Done;
        return IsDone ? Page() : ShowAgain(answer, "That could not be done. Please try again.");
    }
}
