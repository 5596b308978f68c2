using System.Diagnostics.Metrics;
using BooksForYou.Cart.Promotions;
using BooksForYou.Cart.Sales;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BooksForYou.Cart.Campaigns;

/// <summary>
/// Works on a campaign under its lease, a page of accounts after the other. The place in the list is written after each page: a page whose mails
/// are in the outbox, but not the place behind it, is looked at again, and Accounts adds no mail twice.
/// </summary>
internal sealed partial class CampaignRunner(
    CampaignStore store,
    PromotionStore promotions,
    MailingList list,
    Payments payments,
    TimeProvider time,
    IOptions<CartOptions> options,
    IMeterFactory meters,
    ILogger<CampaignRunner> logger)
{
    private readonly Counter<long> _mails = meters.Create("BooksForYou.Cart").CreateCounter<long>(
        "cart.campaign_mails", "{mail}", "Mails about promotions that were put into the outbox of Accounts.");

    /// <summary>Carries a campaign on to its end, or as far as the other services answer.</summary>
    public async Task RunAsync(Campaign campaign, CancellationToken stopping)
    {
        await using var lease = new LeaseKeeper(time, options.Value.Lease, () => store.RenewAsync(campaign));
        using var either = CancellationTokenSource.CreateLinkedTokenSource(lease.Lost, stopping);
        try
        {
            while (!campaign.IsDone)
            {
                campaign = await store.AdvanceAsync(await TakePageAsync(campaign, either.Token));
            }

            LogDone(campaign.CampaignId, campaign.Seen, campaign.Queued);
        }
        catch (Exception exception) when (exception is LeaseLostException || lease.Lost.IsCancellationRequested)
        {
            LogLeaseLost(campaign.CampaignId);
        }
        catch (Exception exception) when (exception is PeerException or OperationCanceledException)
        {
            await store.PostponeAsync(campaign);
            LogPutOff(campaign.CampaignId, campaign.Seen, exception.Message);
        }
    }

    private async Task<Campaign> TakePageAsync(Campaign campaign, CancellationToken cancellationToken)
    {
        var page = await list.ListAsync(campaign.PageToken, cancellationToken);
        if (page.AccountIds.Count > 0)
        {
            var used = await FindUsesAsync(campaign.PromotionId, page.AccountIds, cancellationToken);
            _mails.Add(await list.QueueAsync(campaign, page.AccountIds.Except(used), cancellationToken));
        }

        return campaign with
        {
            PageToken = page.NextPageToken,
            Consents = page.Total,
            Seen = campaign.Seen + page.AccountIds.Count,

            // Counted there: what a page adds is not known when it was added by somebody who died.
            Queued = await list.CountAsync(campaign.CampaignId, cancellationToken),
            IsDone = page.NextPageToken.Length == 0,
        };
    }

    private async Task<IReadOnlyCollection<string>> FindUsesAsync(
        string promotionId, IEnumerable<string> accountIds, CancellationToken cancellationToken)
    {
        var promotion = await promotions.FindAsync(promotionId, cancellationToken);
        return Reckoning.Rules.Any(rule => rule.IsOncePerCustomer && rule.Kind == promotion!.Kind)
            ? await payments.ListPromotionUsesAsync(accountIds, cancellationToken)
            : [];
    }

    [LoggerMessage(EventName = "CampaignDone", Level = LogLevel.Information,
        Message = "Campaign {CampaignId} is done: {Seen} accounts looked at, {Queued} mails")]
    private partial void LogDone(string campaignId, long seen, long queued);

    [LoggerMessage(EventName = "CampaignPutOff", Level = LogLevel.Warning,
        Message = "Campaign {CampaignId} is put off after {Seen} accounts: {Reason}")]
    private partial void LogPutOff(string campaignId, long seen, string reason);

    [LoggerMessage(EventName = "CampaignLeaseLost", Level = LogLevel.Warning,
        Message = "Campaign {CampaignId} was taken over by another process")]
    private partial void LogLeaseLost(string campaignId);
}
