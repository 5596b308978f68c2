using BooksForYou.Marketplace.Shopkeeping;
using BooksForYou.Marketplace.Shopping;
using BooksForYou.Marketplace.Web;
using Microsoft.AspNetCore.Mvc;

namespace BooksForYou.Marketplace.Pages.Admin;

/// <summary>A new promotion. The form sent twice creates it once.</summary>
internal sealed class AddPromotionModel(PromotionDesk desk) : AdminPageModel
{
    /// <summary>What is filled in.</summary>
    [BindProperty]
    public PromotionForm Form { get; set; } = new();

    public void OnGet() => Form.Key = Token.New();

    public async Task<IActionResult> OnPostAsync()
    {
        var promotion = Form.Read(Problems);
        if (!Problems.IsEmpty)
        {
            return Page();
        }

        var answer = await desk.CreateAsync(HttpContext, Token.IsWellFormed(Form.Key) ? Form.Key : Token.New(), promotion);
        if (IsDone(answer, "Cart", PromotionForm.Fields))
        {
            return new SeeOther($"/admin/promotions?notice={AdminNotice.Added}");
        }

        if (answer.Refusal?.Code == Grpc.Core.StatusCode.AlreadyExists)
        {
            Form.Key = Token.New();
        }

        return Page();
    }
}
