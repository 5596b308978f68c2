using BooksForYou.Marketplace.Shopkeeping;
using BooksForYou.Marketplace.Web;
using Microsoft.AspNetCore.Mvc;

namespace BooksForYou.Marketplace.Pages.Admin;

/// <summary>A promotion as it is to be. Its kind stays.</summary>
internal sealed class EditPromotionModel(PromotionDesk desk) : AdminPageModel
{
    /// <summary>What is filled in.</summary>
    [BindProperty]
    public PromotionForm Form { get; set; } = new();

    /// <summary>The promotion.</summary>
    public string PromotionId { get; private set; } = "";

    /// <summary>What it does.</summary>
    public string Kind => PromotionWords.Of(Form.Read(new FormProblems()));

    public async Task<IActionResult> OnGetAsync(string id)
    {
        PromotionId = id;
        var answer = await desk.FindAsync(HttpContext, id);
        if (Take(answer, "Cart") is { } promotion)
        {
            Form = PromotionForm.Of(promotion);
        }

        return answer.IsRefused ? NotFound() : Page();
    }

    public async Task<IActionResult> OnPostAsync(string id)
    {
        PromotionId = id;
        var promotion = Form.Read(Problems);
        if (!Problems.IsEmpty)
        {
            return Page();
        }

        promotion.PromotionId = id;
        return IsDone(await desk.UpdateAsync(HttpContext, promotion), "Cart", PromotionForm.Fields)
            ? new SeeOther($"/admin/promotions?notice={AdminNotice.Saved}")
            : Page();
    }
}
