using BooksForYou.Marketplace.People;
using BooksForYou.Marketplace.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace BooksForYou.Marketplace.Pages;

/// <summary>Where people sign out. A link alone signs nobody out.</summary>
[NotKept]
internal sealed class SignOutModel(FrontDoor door) : PageModel
{
    public IActionResult OnGet() => SessionCookie.SecretOf(HttpContext) is null ? new SeeOther("/") : Page();

    public async Task<IActionResult> OnPostAsync()
    {
        await door.LeaveAsync(HttpContext);
        return new SeeOther("/");
    }
}
