using BooksForYou.Marketplace.People;
using BooksForYou.Marketplace.Web;
using Microsoft.AspNetCore.Mvc;

namespace BooksForYou.Marketplace.Pages;

/// <summary>
/// Where a mailed link ends mails about offers. Mail programs send the form themselves, without a page, a cookie or a token before it (RFC 8058,
/// section 3.2): what the link holds is proof enough.
/// </summary>
[NotKept]
[HoldsSecret]
[IgnoreAntiforgeryToken]
internal sealed class UnsubscribeModel(AccountDesk desk) : AccountPage
{
    /// <summary>What the link holds.</summary>
    public string Link { get; private set; } = "";

    /// <summary>Whether there will be no more mails.</summary>
    public bool IsDone { get; private set; }

    public IActionResult OnGet(string? link)
    {
        Link = link ?? "";
        return Link.Length > 0 ? Page() : NotFound();
    }

    public async Task<IActionResult> OnPostAsync([FromQuery] string? link)
    {
        Link = link ?? "";
        if (Link.Length == 0)
        {
            return NotFound();
        }

        var answer = await desk.UnsubscribeAsync(HttpContext, Link);
        IsDone = answer.End == AccountEnd.Done;
        return IsDone ? Page() : ShowAgain(answer, "This link is none of ours. You can end the mails on your account page, too.");
    }
}
