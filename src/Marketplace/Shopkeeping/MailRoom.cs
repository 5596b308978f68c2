using BooksForYou.Contracts.Accounts.V1;
using BooksForYou.Contracts.Transactions.V1;
using BooksForYou.Marketplace.Peers;

namespace BooksForYou.Marketplace.Shopkeeping;

/// <summary>Mails that were given up, and how far those of a campaign are. Whom they are for is not told.</summary>
internal sealed class MailRoom(
    AccountsService.AccountsServiceClient accounts,
    TransactionsService.TransactionsServiceClient transactions,
    AdminCalls calls)
{
    /// <summary>The most mails of a page.</summary>
    public const int PageSize = 50;

    /// <summary>Receipts that were given up, the newest first, a page at a time.</summary>
    public Task<Answer<ListStuckReceiptsResponse>> ListReceiptsAsync(HttpContext http, string pageToken)
    {
        var request = new ListStuckReceiptsRequest { PageToken = pageToken, PageSize = PageSize };
        return calls.AskAsync(http, PeerNames.Transactions, call => transactions.ListStuckReceiptsAsync(request, call));
    }

    /// <summary>Mails about accounts and campaigns that were given up, the newest first, a page at a time.</summary>
    public Task<Answer<ListStuckMailResponse>> ListMailAsync(HttpContext http, string pageToken)
    {
        var request = new ListStuckMailRequest { PageToken = pageToken, PageSize = PageSize };
        return calls.AskAsync(http, PeerNames.Accounts, call => accounts.ListStuckMailAsync(request, call));
    }

    /// <summary>Has a receipt tried again.</summary>
    public Task<Answer<RetryReceiptResponse>> RetryReceiptAsync(HttpContext http, string receiptId) =>
        calls.AskAsync(http, PeerNames.Transactions, call => transactions.RetryReceiptAsync(new RetryReceiptRequest { ReceiptId = receiptId }, call));

    /// <summary>Has a mail tried again.</summary>
    public Task<Answer<RetryMailResponse>> RetryMailAsync(HttpContext http, string mailId) =>
        calls.AskAsync(http, PeerNames.Accounts, call => accounts.RetryMailAsync(new RetryMailRequest { MailId = mailId }, call));

    /// <summary>How far the mails of a campaign are.</summary>
    public Task<Answer<GetCampaignMailResponse>> FindCampaignAsync(HttpContext http, string campaignId) =>
        calls.AskAsync(http, PeerNames.Accounts, call => accounts.GetCampaignMailAsync(new GetCampaignMailRequest { CampaignId = campaignId }, call));
}
