using BooksForYou.Marketplace.Covers;
using BooksForYou.Marketplace.Reviewing;
using BooksForYou.Marketplace.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace BooksForYou.Marketplace.Pages;

/// <summary>What was found for the words that a visitor typed, the best match first.</summary>
internal sealed class SearchModel(BookCatalogue catalogue, BookRatings ratings, CoverShelf covers) : PageModel
{
    private const int LongestToken = 2048;

    /// <summary>What was typed.</summary>
    public string Query { get; private set; } = "";

    /// <summary>The books of this page.</summary>
    public IReadOnlyList<BookTile> Books { get; private set; } = [];

    /// <summary>Whether nothing can be looked up now.</summary>
    public bool IsAway { get; private set; }

    /// <summary>Whether this is where the list begins.</summary>
    public bool IsFirstPage { get; private set; }

    /// <summary>The address of the next page, if there is one.</summary>
    public string? NextHref { get; private set; }

    /// <summary>The address of the first page.</summary>
    public string FirstHref => $"/search?q={Uri.EscapeDataString(Query)}";

    public async Task<IActionResult> OnGetAsync(string? q, string? after)
    {
        Query = BookCatalogue.CleanQuery(q);
        IsFirstPage = string.IsNullOrEmpty(after);
        if (after?.Length > LongestToken)
        {
            return NotFound();
        }

        if (Query.Length == 0)
        {
            return Page();
        }

        var answer = await catalogue.SearchAsync(Query, after ?? "", HttpContext.RequestAborted);
        if (answer.Value is not { } found)
        {
            if (answer.IsRefused)
            {
                return NotFound();
            }

            IsAway = true;
            Unavailable.Mark(Response);
            return Page();
        }

        Books = [.. found.Books.Select(book => new BookTile(book))];
        NextHref = found.NextPageToken.Length > 0 ? $"{FirstHref}&after={Uri.EscapeDataString(found.NextPageToken)}" : null;
        foreach (var book in Books)
        {
            covers.Keep(book.Cover);
        }

        await ratings.LearnAsync(Books.Select(book => book.Id), HttpContext.RequestAborted);
        return Page();
    }
}
