using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using BooksForYou.Contracts.Inventory.V1;
using BooksForYou.Marketplace.Shopkeeping;
using BooksForYou.Marketplace.Shopping;
using BooksForYou.Marketplace.Web;
using Microsoft.AspNetCore.Mvc;

namespace BooksForYou.Marketplace.Pages.Admin;

/// <summary>The stock ledger of a book: what came and went, why, and what that adds up to. An adjustment sent twice counts once.</summary>
internal sealed class StockModel(StockRoom stock) : AdminPageModel
{
    private static readonly (string Contract, string Name, string Label)[] Fields = [("delta", nameof(Delta), "The number of copies"), ("reason", nameof(Reason), "The reason")];

    /// <summary>The idempotency key of the adjustment.</summary>
    [BindProperty, AllowNull]
    public string Key { get; set => field = value?.Trim() ?? ""; } = "";

    /// <summary>How many copies came, or with a minus went.</summary>
    [BindProperty, AllowNull]
    public string Delta { get; set => field = value?.Trim() ?? ""; } = "";

    /// <summary>Why.</summary>
    [BindProperty, AllowNull]
    public string Reason { get; set => field = value?.Trim() ?? ""; } = "";

    /// <summary>The book; null while it cannot be looked up.</summary>
    public Book? Book { get; private set; }

    /// <summary>The book's number.</summary>
    public int BookId { get; private set; }

    /// <summary>The ledger; null while it cannot be looked up.</summary>
    public ListStockEntriesResponse? Ledger { get; private set; }

    /// <summary>The way to older entries.</summary>
    public Pager Pager { get; private set; } = null!;

    public Task<IActionResult> OnGetAsync(int id, string? after, string? notice)
    {
        Key = Token.New();
        Notice = AdminNotice.TextOf(notice);
        return ShowAsync(id, after);
    }

    public async Task<IActionResult> OnPostAsync(int id)
    {
        if (!int.TryParse(Delta.Replace('−', '-'), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var delta) || delta == 0)
        {
            Problems.Add(nameof(Delta), "Write how many copies came, or with a minus how many went.");
        }

        if (Reason.Length == 0)
        {
            Problems.Add(nameof(Reason), "The ledger needs a reason.");
        }

        if (!Problems.IsEmpty)
        {
            return await ShowAsync(id, after: null);
        }

        Key = Token.IsWellFormed(Key) ? Key : Token.New();
        var request = new AdjustStockRequest { AdjustmentId = Key, BookId = id, Delta = delta, Reason = Reason };
        var answer = await stock.AdjustAsync(HttpContext, request);
        if (IsDone(answer, "Inventory", Fields))
        {
            return new SeeOther($"/admin/books/{id}/stock?notice={AdminNotice.Adjusted}");
        }

        if (answer.Refusal?.Code == Grpc.Core.StatusCode.AlreadyExists)
        {
            Key = Token.New();
        }

        return await ShowAsync(id, after: null);
    }

    private async Task<IActionResult> ShowAsync(int id, string? after)
    {
        BookId = id;
        var found = stock.FindAsync(HttpContext, id);
        var entries = await stock.ListEntriesAsync(HttpContext, id, after ?? "");
        if ((await found).IsRefused)
        {
            return NotFound();
        }

        Book = Take(await found, "Inventory");
        Ledger = entries.Value;
        Pager = Pager.Of($"/admin/books/{id}/stock", after, Ledger?.NextPageToken ?? "");
        return Page();
    }
}
