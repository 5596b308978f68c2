using BooksForYou.Contracts.Inventory.V1;
using BooksForYou.Marketplace.Shopkeeping;
using BooksForYou.Marketplace.Web;
using Microsoft.AspNetCore.Mvc;

namespace BooksForYou.Marketplace.Pages.Admin;

/// <summary>A book as it is to be. Its copies are changed in the stock ledger.</summary>
internal sealed class EditBookModel(StockRoom stock) : AdminPageModel
{
    /// <summary>What is filled in.</summary>
    [BindProperty]
    public BookForm Form { get; set; } = new();

    /// <summary>The book's number.</summary>
    public int BookId { get; private set; }

    public async Task<IActionResult> OnGetAsync(int id, string? notice)
    {
        BookId = id;
        Notice = AdminNotice.TextOf(notice);
        var answer = await stock.FindAsync(HttpContext, id);
        if (answer.IsRefused)
        {
            return NotFound();
        }

        if (Take(answer, "Inventory") is { } book)
        {
            Form = BookForm.Of(book);
        }

        return Page();
    }

    public async Task<IActionResult> OnPostAsync(int id)
    {
        BookId = id;
        var book = Form.Read(Problems);
        if (!Problems.IsEmpty)
        {
            return Page();
        }

        book.BookId = id;
        return IsDone(await stock.UpdateAsync(HttpContext, book), "Inventory", BookForm.Fields)
            ? new SeeOther($"/admin/books/{id}?notice={AdminNotice.Saved}")
            : Page();
    }
}
