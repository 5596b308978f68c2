using System.Globalization;
using BooksForYou.Marketplace.People;
using BooksForYou.Marketplace.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace BooksForYou.Marketplace.Pages;

/// <summary>A page with a form about an account.</summary>
internal abstract class AccountPage : PageModel
{
    /// <summary>What is wrong with the form, or why nothing came of it.</summary>
    public FormProblems Problems { get; } = new();

    /// <summary>The title of the page as the browser shows it, which says that something is wrong.</summary>
    public string TitleOf(string title) => Problems.IsEmpty ? title : $"Something needs a look: {title}";

    /// <summary>Shows the form again, with why nothing came of it.</summary>
    /// <param name="answer">What came of it.</param>
    /// <param name="words">What to say when it was refused, is taken or is not possible.</param>
    protected IActionResult ShowAgain<T>(AccountAnswer<T> answer, string words)
        where T : class
    {
        switch (answer.End)
        {
            case AccountEnd.Invalid:
                NoteViolations(answer.Violations);
                break;
            case AccountEnd.TooOften:
                Response.StatusCode = StatusCodes.Status429TooManyRequests;
                Response.Headers.RetryAfter = ((int)Math.Ceiling(Math.Max(answer.Pause.TotalSeconds, 1))).ToString(CultureInfo.InvariantCulture);
                Problems.General = $"That was tried too often. Please wait {Describe(answer.Pause)}, and try again.";
                break;
            case AccountEnd.Away:
                Unavailable.Mark(Response);
                Problems.General = "We cannot reach the accounts at the moment. Please try again in a few seconds.";
                break;
            default:
                Problems.General = words;
                break;
        }

        return Page();
    }

    private static string Describe(TimeSpan pause) => pause.TotalSeconds switch
    {
        <= 0 => "a moment",
        <= 90 => string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(pause.TotalSeconds)} seconds"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(pause.TotalMinutes)} minutes"),
    };

    private void NoteViolations(IEnumerable<KeyValuePair<string, string>> violations)
    {
        foreach (var (name, description) in violations)
        {
            switch (name)
            {
                case "email":
                    Problems.Add(AccountFields.Email, $"The e-mail address {description}.");
                    break;
                case "name":
                    Problems.Add(AccountFields.Name, $"The name {description}.");
                    break;
                case "password" or "new_password":
                    Problems.Add(AccountFields.NewPassword, $"The new password {description}.");
                    break;
            }
        }

        if (Problems.IsEmpty)
        {
            Problems.General = "Something about it is not right. Nothing was changed: please check it and try again.";
        }
    }
}
