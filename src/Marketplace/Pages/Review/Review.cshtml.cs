using BooksForYou.Marketplace.Covers;
using BooksForYou.Marketplace.Peers;
using BooksForYou.Marketplace.People;
using BooksForYou.Marketplace.Reviewing;
using BooksForYou.Marketplace.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using WrittenReview = BooksForYou.Contracts.Reviews.V1.Review;

namespace BooksForYou.Marketplace.Pages;

/// <summary>Where a customer writes a review of a book, edits or deletes it, and says that another one is helpful.</summary>
[NotKept, SignedIn]
internal sealed class ReviewModel(Sessions sessions, BookReviews reviews, BookCatalogue catalogue, CoverShelf covers) : PageModel
{
    private static readonly (string Contract, string Name, string Label)[] Fields =
    [
        ("stars", "Form.Stars", "The stars"),
        ("title", "Form.Title", "The title"),
        ("text", "Form.Text", "The review"),
    ];

    /// <summary>What is filled in.</summary>
    [BindProperty]
    public ReviewForm Form { get; set; } = new();

    /// <summary>The book.</summary>
    public BookTile Book { get; private set; } = null!;

    /// <summary>What the customer has written before; null for nothing.</summary>
    public WrittenReview? Mine { get; private set; }

    /// <summary>What is wrong with the form.</summary>
    public FormProblems Problems { get; } = new();

    /// <summary>Whether reviews can neither be read nor written now.</summary>
    public bool IsAway { get; private set; }

    public async Task<IActionResult> OnGetAsync(int id)
    {
        if (await FindBookAsync(id) is { } missing)
        {
            return missing;
        }

        var mine = await reviews.GetMineAsync(await sessions.HeadersAsync(HttpContext), id, HttpContext.RequestAborted);
        if (mine.Value is null)
        {
            IsAway = true;
            Unavailable.Mark(Response);
            return Page();
        }

        Mine = mine.Value.Review;
        Form = Mine is null ? Form : ReviewForm.Of(Mine);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(int id)
    {
        foreach (var (field, description) in Form.Problems())
        {
            var (_, name, label) = Array.Find(Fields, one => one.Contract == field);
            Problems.Add(name, $"{label} {description}.");
        }

        return Problems.IsEmpty ? await WriteAsync(id) : await ShowAgainAsync(id);
    }

    public async Task<IActionResult> OnPostDeleteAsync(int id)
    {
        var answer = await reviews.DeleteAsync(await sessions.HeadersAsync(HttpContext), id, HttpContext.RequestAborted);
        return Back(id, answer.Value is null ? ReviewNotice.NotSaved : ReviewNotice.Deleted);
    }

    /// <param name="id">The book.</param>
    /// <param name="review">The review.</param>
    /// <param name="helpful">Whether it is helpful; false takes the vote back.</param>
    /// <param name="order">The order in which the reviews were listed.</param>
    /// <param name="after">Where the page that they were listed on began.</param>
    public async Task<IActionResult> OnPostVoteAsync(int id, string? review, bool helpful, string? order, string? after)
    {
        var answer = await reviews.VoteAsync(await sessions.HeadersAsync(HttpContext), review ?? "", helpful, HttpContext.RequestAborted);
        if (answer.Value is null)
        {
            return Back(id, answer.IsRefused ? ReviewNotice.NotCounted : ReviewNotice.NotSaved);
        }

        // Where the reader was, so that one vote is not the end of reading.
        var place = $"order={ReviewSort.Of(order).Slug}&after={Uri.EscapeDataString(after ?? "")}";
        var voted = helpful ? $"&voted={Uri.EscapeDataString(review!)}" : "";
        var notice = helpful ? ReviewNotice.Helpful : ReviewNotice.NotHelpful;
        return new SeeOther($"{BookTile.HrefOf(id)}?notice={notice}&{place}{voted}#reviews");
    }

    private static SeeOther Back(int id, string notice) => new($"{BookTile.HrefOf(id)}?notice={notice}#reviews");

    private async Task<IActionResult> WriteAsync(int id)
    {
        var answer = await reviews.WriteAsync(await sessions.HeadersAsync(HttpContext), Form.ToRequest(id), HttpContext.RequestAborted);
        if (answer.Value is { } written)
        {
            return Back(id, ReviewNotice.Of(written.Review));
        }

        if (answer.IsRefused)
        {
            Problems.Add(answer.Refusal, Fields);
        }
        else
        {
            Problems.General = "We cannot reach our reviews at the moment, and what you wrote is not saved yet. Please send it again in a few seconds.";
            Unavailable.Mark(Response);
        }

        return await ShowAgainAsync(id);
    }

    private async Task<IActionResult> ShowAgainAsync(int id) => await FindBookAsync(id) ?? Page();

    /// <summary>Looks the book up, and answers with the page to show when there is none.</summary>
    private async Task<IActionResult?> FindBookAsync(int id)
    {
        var answer = await catalogue.GetBookAsync(id, HttpContext.RequestAborted);
        if (answer.Value is not { } book)
        {
            return answer.IsRefused ? NotFound() : Unavailable.Page(this);
        }

        Book = new BookTile(book);
        covers.Keep(Book.Cover);
        return null;
    }
}
