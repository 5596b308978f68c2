using BooksForYou.Contracts.Accounts.V1;
using BooksForYou.Contracts.Transactions.V1;
using BooksForYou.Marketplace.Shopkeeping;
using BooksForYou.Marketplace.Web;
using Microsoft.AspNetCore.Mvc;

namespace BooksForYou.Marketplace.Pages.Admin;

/// <summary>Receipts and other mails that were given up, to be tried again once what was in their way is gone.</summary>
internal sealed class StuckMailModel(MailRoom mail) : AdminPageModel
{
    /// <summary>The receipts of this page.</summary>
    public IReadOnlyList<StuckReceipt> Receipts { get; private set; } = [];

    /// <summary>The other mails of this page.</summary>
    public IReadOnlyList<StuckMail> Letters { get; private set; } = [];

    /// <summary>The way to older receipts.</summary>
    public Pager ReceiptPager { get; private set; } = null!;

    /// <summary>The way to older mails.</summary>
    public Pager LetterPager { get; private set; } = null!;

    /// <summary>Whether Transactions can be asked.</summary>
    public bool HasReceipts { get; private set; }

    /// <summary>Whether Accounts can be asked.</summary>
    public bool HasLetters { get; private set; }

    public Task OnGetAsync(string? receipts, string? letters, string? notice)
    {
        Notice = AdminNotice.TextOf(notice);
        return ShowAsync(receipts, letters);
    }

    public async Task<IActionResult> OnPostReceiptAsync(string? id) =>
        IsDone(await mail.RetryReceiptAsync(HttpContext, id ?? ""), "Transactions", ("receipt_id", "", "")) ? Done() : await ShowAgainAsync();

    public async Task<IActionResult> OnPostLetterAsync(string? id) =>
        IsDone(await mail.RetryMailAsync(HttpContext, id ?? ""), "Accounts", ("mail_id", "", "")) ? Done() : await ShowAgainAsync();

    private static SeeOther Done() => new($"/admin/mail?notice={AdminNotice.Retried}");

    private async Task<IActionResult> ShowAgainAsync()
    {
        await ShowAsync(receipts: null, letters: null);
        return Page();
    }

    private async Task ShowAsync(string? receipts, string? letters)
    {
        var others = mail.ListMailAsync(HttpContext, letters ?? "");
        var stuck = Take(await mail.ListReceiptsAsync(HttpContext, receipts ?? ""), "Transactions");
        var mails = Take(await others, "Accounts");
        Receipts = stuck?.Receipts ?? [];
        Letters = mails?.Mails ?? [];
        HasReceipts = stuck is not null;
        HasLetters = mails is not null;
        ReceiptPager = Pager.Of("/admin/mail", receipts, stuck?.NextPageToken ?? "", "receipts");
        LetterPager = Pager.Of("/admin/mail", letters, mails?.NextPageToken ?? "", "letters");
    }
}
