using BooksForYou.Contracts.Inventory.V1;
using BooksForYou.Marketplace.Shopkeeping;
using BooksForYou.Marketplace.Shopping;
using BooksForYou.Marketplace.Web;
using Microsoft.AspNetCore.Mvc;

namespace BooksForYou.Marketplace.Pages.Admin;

/// <summary>A book that is new in the catalogue. The form sent twice adds it once.</summary>
internal sealed class AddBookModel(StockRoom stock) : AdminPageModel
{
    /// <summary>What is filled in.</summary>
    [BindProperty]
    public BookForm Form { get; set; } = new();

    public void OnGet() => Form.Key = Token.New();

    public async Task<IActionResult> OnPostAsync()
    {
        var book = Form.Read(Problems);
        var copies = Form.ReadCopies(Problems);
        if (!Problems.IsEmpty)
        {
            return Page();
        }

        var request = new AddBookRequest { IdempotencyKey = Token.IsWellFormed(Form.Key) ? Form.Key : Token.New(), Book = book, InitialQuantity = copies };
        var answer = await stock.AddAsync(HttpContext, request);
        if (IsDone(answer, "Inventory", BookForm.Fields))
        {
            return new SeeOther($"/admin/books/{answer.Value!.Book.BookId}?notice={AdminNotice.Added}");
        }

        if (answer.Refusal?.Code == Grpc.Core.StatusCode.AlreadyExists)
        {
            // The key may have been used for another book: what is sent next is meant as it stands.
            Form.Key = Token.New();
        }

        return Page();
    }
}
