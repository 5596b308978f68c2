using System.Globalization;
using BooksForYou.Marketplace.Covers;
using BooksForYou.Marketplace.Reviewing;
using BooksForYou.Marketplace.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using CatalogueBook = BooksForYou.Contracts.Inventory.V1.Book;

namespace BooksForYou.Marketplace.Pages;

/// <summary>The page of a book.</summary>
internal sealed class BookModel(
    BookCatalogue catalogue,
    SimilarBooks similarBooks,
    ReaderOpinions opinions,
    BookRatings ratings,
    CoverShelf covers) : PageModel
{
    /// <summary>The book.</summary>
    public CatalogueBook Book { get; private set; } = null!;

    /// <summary>The book as it stands on a shelf.</summary>
    public BookTile Tile { get; private set; } = null!;

    /// <summary>The shelf that it stands on, if the shop has it.</summary>
    public Category? Category { get; private set; }

    /// <summary>Whether it can be bought.</summary>
    public StockSign Stock { get; private set; } = null!;

    /// <summary>Books like it.</summary>
    public IReadOnlyList<BookTile> Similar { get; private set; } = [];

    /// <summary>What readers say about it.</summary>
    public ReviewsPanel Reviews { get; private set; } = null!;

    /// <summary>A year as readers write it; negative before the common era.</summary>
    public static string Describe(int year) => year < 0
        ? string.Create(CultureInfo.InvariantCulture, $"{-(long)year} BC")
        : year.ToString(CultureInfo.InvariantCulture);

    /// <param name="id">The book.</param>
    /// <param name="order">The order of its reviews.</param>
    /// <param name="after">Where the page of reviews begins.</param>
    /// <param name="notice">The name of what is said about what was done with a review.</param>
    /// <param name="voted">The review that the reader has just voted for.</param>
    public async Task<IActionResult> OnGetAsync(int id, string? order, string? after, string? notice, string? voted)
    {
        var asked = catalogue.GetBookAsync(id, HttpContext.RequestAborted);
        var similar = FindSimilarAsync(id);
        var reviews = opinions.LookAsync(HttpContext, id, ReviewPlace.Of(order, after, notice, voted));
        await Task.WhenAll(similar, reviews);
        Similar = await similar;
        Reviews = await reviews;
        var answer = await asked;
        if (answer.Value is not { } book)
        {
            return answer.IsRefused ? NotFound() : Unavailable.Page(this);
        }

        Book = book;
        Stock = StockSign.Of(book);
        Tile = new BookTile(book);
        covers.Keep(Tile.Cover);
        Category = Categories.Find(book.Category);
        return Page();
    }
    /// <summary>What is like it, with ratings: both are there when the page is, or it does without them.</summary>
    private async Task<IReadOnlyList<BookTile>> FindSimilarAsync(int id)
    {
        var similar = await similarBooks.GetAsync(id, HttpContext.RequestAborted);
        await ratings.LearnAsync(similar.Select(book => book.Id), HttpContext.RequestAborted);
        return similar;
    }
}
