using System.Globalization;
using BooksForYou.Marketplace.Covers;
using BooksForYou.Marketplace.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using CatalogueBook = BooksForYou.Contracts.Inventory.V1.Book;

namespace BooksForYou.Marketplace.Pages;

/// <summary>The page of a book.</summary>
internal sealed class BookModel(BookCatalogue catalogue, SimilarBooks similarBooks, CoverShelf covers) : PageModel
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

    /// <summary>A year as readers write it; negative before the common era.</summary>
    public static string Describe(int year) => year < 0
        ? string.Create(CultureInfo.InvariantCulture, $"{-(long)year} BC")
        : year.ToString(CultureInfo.InvariantCulture);

    public async Task<IActionResult> OnGetAsync(int id)
    {
        var similar = similarBooks.GetAsync(id, HttpContext.RequestAborted);
        var answer = await catalogue.GetBookAsync(id, HttpContext.RequestAborted);
        Similar = await similar;
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
}
