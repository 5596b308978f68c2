using BooksForYou.Marketplace.People;
using BooksForYou.Marketplace.Web;
using Microsoft.AspNetCore.Mvc;

namespace BooksForYou.Marketplace.Pages;

/// <summary>An account as its owner sees it, and what can be changed of it with a press of a button.</summary>
[NotKept]
[SignedIn]
internal sealed class AccountModel(AccountDesk desk, FrontDoor door) : AccountPage
{
    private const string NotSaved = "That could not be done. Nothing was changed: please load the page again and try once more.";

    /// <summary>Whose account it is.</summary>
    public Person Person => Sessions.FoundIn(HttpContext)!;

    /// <summary>The name, as it is or as it was typed.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Whether mails about offers are welcome.</summary>
    public bool HasMailConsent { get; private set; }

    /// <summary>What was done before.</summary>
    public string? Notice { get; private set; }

    public void OnGet(string? notice)
    {
        Notice = AccountNotice.TextOf(notice);
        ShowPerson();
    }

    public async Task<IActionResult> OnPostAsync(string? name, bool mailConsent)
    {
        Name = (name ?? "").Trim();
        HasMailConsent = mailConsent;
        AccountFields.CheckName(Problems, Name);
        if (!Problems.IsEmpty)
        {
            return Page();
        }

        var answer = await desk.UpdateAsync(HttpContext, Name, mailConsent);
        return answer.End == AccountEnd.Done ? Back(AccountNotice.Saved) : ShowAgain(answer, NotSaved);
    }

    public async Task<IActionResult> OnPostConfirmationAsync()
    {
        ShowPerson();
        var answer = await desk.RequestConfirmationAsync(HttpContext);
        return answer.End == AccountEnd.Done ? Back(AccountNotice.Mailed) : ShowAgain(answer, NotSaved);
    }

    public async Task<IActionResult> OnPostEverywhereAsync()
    {
        ShowPerson();
        var answer = await desk.EndAllSessionsAsync(HttpContext);
        if (answer.End != AccountEnd.Done)
        {
            return ShowAgain(answer, NotSaved);
        }

        door.Forget(HttpContext);
        return new SeeOther($"/sign-in?notice={AccountNotice.Everywhere}");
    }

    private static SeeOther Back(string notice) => new($"/account?notice={notice}");

    private void ShowPerson() => (Name, HasMailConsent) = (Person.Name, Person.HasMailConsent);
}
