using BooksForYou.Marketplace.People;
using BooksForYou.Marketplace.Web;
using Microsoft.AspNetCore.Mvc;

namespace BooksForYou.Marketplace.Pages;

/// <summary>Where customers sign in, and are sent on to where they wanted to go.</summary>
[NotKept]
internal sealed class SignInModel(AccountDesk desk, FrontDoor door) : AccountPage
{
    /// <summary>Where to go on afterwards, within the shop.</summary>
    public string Next { get; private set; } = "/";

    /// <summary>The address that was typed.</summary>
    public string Email { get; private set; } = "";

    /// <summary>What was done before.</summary>
    public string? Notice { get; private set; }

    public IActionResult OnGet(string? next, string? notice)
    {
        Next = LocalPath.Clean(next);
        Notice = AccountNotice.TextOf(notice);
        return Sessions.FoundIn(HttpContext) is null ? Page() : new SeeOther(LocalPath.Clean(next, "/account"));
    }

    public async Task<IActionResult> OnPostAsync(string? email, string? password, string? next)
    {
        Next = LocalPath.Clean(next);
        Email = (email ?? "").Trim();
        AccountFields.CheckEmail(Problems, Email);
        AccountFields.CheckPassword(Problems, password ?? "");
        if (!Problems.IsEmpty)
        {
            return Page();
        }

        var answer = await desk.SignInAsync(HttpContext, Email, password!);
        if (answer.Value?.Session is not { } session)
        {
            return ShowAgain(answer, "That e-mail address and that password do not go together. Please check both.");
        }

        await door.EnterAsync(HttpContext, session);
        return new SeeOther(Next);
    }
}
