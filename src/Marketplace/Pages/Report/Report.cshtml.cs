using System.Diagnostics.CodeAnalysis;
using BooksForYou.Marketplace.People;
using BooksForYou.Marketplace.Reviewing;
using BooksForYou.Marketplace.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace BooksForYou.Marketplace.Pages;

/// <summary>Where anybody tells the shop that a review should be looked at. Whether there is such a review is found out when the form is sent.</summary>
[NotKept]
internal sealed class ReportModel(Sessions sessions, BookReviews reviews) : PageModel
{
    /// <summary>The most characters of a reason.</summary>
    public const int LongestReason = 500;

    /// <summary>What is wrong with the review.</summary>
    [BindProperty, AllowNull]
    public string Reason { get; set => field = value?.ReplaceLineEndings("\n").Trim() ?? ""; } = "";

    /// <summary>The address of the book.</summary>
    public string BookHref { get; private set; } = "";

    /// <summary>The address of this page.</summary>
    public string Href { get; private set; } = "";

    /// <summary>What is wrong with the form.</summary>
    public FormProblems Problems { get; } = new();

    public void OnGet(int id, string review) => Show(id, review);

    public async Task<IActionResult> OnPostAsync(int id, string review)
    {
        Show(id, review);
        if (Reason.Length is < 1 or > LongestReason)
        {
            Problems.Add(nameof(Reason), Reason.Length == 0 ? "Please say what is wrong with the review." : $"The reason has more than {LongestReason} characters.");
            return Page();
        }

        var answer = await reviews.ReportAsync(await sessions.HeadersAsync(HttpContext), review, Reason, HttpContext.RequestAborted);
        if (answer.Value is not null)
        {
            return new SeeOther($"{BookHref}?notice={ReviewNotice.Reported}#reviews");
        }

        if (answer.IsRefused)
        {
            Problems.Add(answer.Refusal, [("reason", nameof(Reason), "The reason"), ("review_id", "", "")]);
        }
        else
        {
            Problems.General = "We cannot reach our reviews at the moment. Please send it again in a few seconds.";
            Unavailable.Mark(Response);
        }

        return Page();
    }

    private void Show(int id, string review)
    {
        BookHref = BookTile.HrefOf(id);
        Href = $"{BookHref}/report/{Uri.EscapeDataString(review)}";
    }
}
