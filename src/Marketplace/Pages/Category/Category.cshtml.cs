using BooksForYou.Contracts.Inventory.V1;
using BooksForYou.Marketplace.Covers;
using BooksForYou.Marketplace.Reviewing;
using BooksForYou.Marketplace.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace BooksForYou.Marketplace.Pages;

/// <summary>The books of a category, a page at a time.</summary>
internal sealed class CategoryModel(BookCatalogue catalogue, BookRatings ratings, CoverShelf covers) : PageModel
{
    // Longer than any token of a catalogue: what is longer is not kept, and not sent on.
    private const int LongestToken = 2048;

    /// <summary>The category.</summary>
    public Category Category { get; private set; } = null!;

    /// <summary>The books of this page.</summary>
    public IReadOnlyList<BookTile> Books { get; private set; } = [];

    /// <summary>Whether this is where the shelf begins.</summary>
    public bool IsFirstPage { get; private set; }

    /// <summary>The address of the next page, if there is one.</summary>
    public string? NextHref { get; private set; }

    /// <summary>The order of the books.</summary>
    public BookSort Sort { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string slug, string? after, string? sort)
    {
        if (Categories.Find(slug) is not { } category || BookSort.Find(sort) is not { } order || after?.Length > LongestToken)
        {
            return NotFound();
        }

        var answer = await catalogue.ListAsync(category.Value, order.Value, after ?? "", HttpContext.RequestAborted);
        if (answer.Value is not { } list)
        {
            return answer.IsRefused ? NotFound() : Unavailable.Page(this);
        }

        Sort = order;
        Show(category, list, isFirstPage: string.IsNullOrEmpty(after));
        await ratings.LearnAsync(Books.Select(book => book.Id), HttpContext.RequestAborted);
        return Page();
    }

    private void Show(Category category, ListBooksResponse list, bool isFirstPage)
    {
        Category = category;
        IsFirstPage = isFirstPage;
        Books = list.Books.Select(book => new BookTile(book)).ToArray();
        var first = Sort.HrefOf(category);
        NextHref = list.NextPageToken.Length > 0
            ? $"{first}{(first.Contains('?', StringComparison.Ordinal) ? '&' : '?')}after={Uri.EscapeDataString(list.NextPageToken)}"
            : null;
        foreach (var book in Books)
        {
            covers.Keep(book.Cover);
        }
    }
}
