using BooksForYou.Contracts.Accounts.V1;
using BooksForYou.ServiceKit.Security;
using Grpc.Core;

namespace BooksForYou.Cart.Campaigns;

/// <summary>
/// Who agreed to mails, and the mails to them, as Accounts keeps them. Accounts are all that Cart learns: no names and no addresses. What it does
/// not answer clearly is a <see cref="PeerException"/>.
/// </summary>
internal sealed class MailingList(AccountsService.AccountsServiceClient accounts, ServiceTokens tokens)
{
    private const string Peer = "Accounts";
    private const int PageSize = 200;

    // A page of mails is one transaction there.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    /// <summary>Gives the accounts that come next.</summary>
    public Task<ListMailConsentsResponse> ListAsync(string pageToken, CancellationToken cancellationToken) => AskAsync(async () =>
        await accounts.ListMailConsentsAsync(
            new ListMailConsentsRequest { PageSize = PageSize, PageToken = pageToken }, Within(cancellationToken)));

    /// <summary>Puts the campaign's mail to accounts into the outbox, where each account has it once at most.</summary>
    /// <returns>How many were added.</returns>
    public Task<int> QueueAsync(Campaign campaign, IEnumerable<string> accountIds, CancellationToken cancellationToken) => AskAsync(async () =>
    {
        var request = new QueueCampaignMailRequest
        {
            CampaignId = campaign.CampaignId,
            Subject = campaign.Subject,
            Text = campaign.Body,
            AccountIds = { accountIds },
        };
        var response = await accounts.QueueCampaignMailAsync(request, Within(cancellationToken));
        return response.Added;
    });

    /// <summary>How many mails of a campaign there are, sent or not.</summary>
    public Task<long> CountAsync(string campaignId, CancellationToken cancellationToken) => AskAsync(async () =>
    {
        var call = Within(cancellationToken).WithHeaders(await tokens.HeadersAsync(cancellationToken));
        var mail = await accounts.GetCampaignMailAsync(new GetCampaignMailRequest { CampaignId = campaignId }, call);
        return mail.Waiting + mail.Sent + mail.Dead;
    });

    private static CallOptions Within(CancellationToken cancellationToken) =>
        new(deadline: DateTime.UtcNow + Timeout, cancellationToken: cancellationToken);

    private static async Task<T> AskAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (RpcException exception)
        {
            throw new PeerException(Peer, exception);
        }
    }
}
