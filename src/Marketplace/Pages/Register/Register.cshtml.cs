using BooksForYou.Marketplace.People;
using BooksForYou.Marketplace.Web;
using Microsoft.AspNetCore.Mvc;

namespace BooksForYou.Marketplace.Pages;

/// <summary>Where an account is opened. What the form does not ask for cannot be sent with it either: whoever registers is a customer.</summary>
[NotKept]
internal sealed class RegisterModel(AccountDesk desk, FrontDoor door) : AccountPage
{
    /// <summary>Where to go on afterwards, within the shop.</summary>
    public string Next { get; private set; } = "/";

    /// <summary>The name that was typed.</summary>
    public string Name { get; private set; } = "";

    /// <summary>The address that was typed.</summary>
    public string Email { get; private set; } = "";

    /// <summary>Whether mails about offers are welcome.</summary>
    public bool HasMailConsent { get; private set; }

    public IActionResult OnGet(string? next)
    {
        Next = LocalPath.Clean(next);
        return Sessions.FoundIn(HttpContext) is null ? Page() : new SeeOther(LocalPath.Clean(next, "/account"));
    }

    public async Task<IActionResult> OnPostAsync(string? name, string? email, string? newPassword, bool mailConsent, string? next)
    {
        Next = LocalPath.Clean(next);
        Name = (name ?? "").Trim();
        Email = (email ?? "").Trim();
        HasMailConsent = mailConsent;
        AccountFields.CheckName(Problems, Name);
        AccountFields.CheckEmail(Problems, Email);
        AccountFields.CheckNewPassword(Problems, newPassword ?? "");
        if (!Problems.IsEmpty)
        {
            return Page();
        }

        var answer = await desk.RegisterAsync(HttpContext, Email, Name, newPassword!, mailConsent);
        if (answer.Value?.Session is not { } session)
        {
            return ShowAgain(answer, "There is an account with that e-mail address already. Sign in instead, or ask for a new password.");
        }

        await door.EnterAsync(HttpContext, session);
        return new SeeOther(Next == "/" ? $"/account?notice={AccountNotice.Welcome}" : Next);
    }
}
