using System.Text.RegularExpressions;
using BooksForYou.Cart.Promotions;
using BooksForYou.Contracts.Cart.V1;
using BooksForYou.ServiceKit.Errors;
using Promotion = BooksForYou.Cart.Promotions.Promotion;

namespace BooksForYou.Cart.Campaigns;

/// <summary>Campaigns as admins start and see them.</summary>
internal sealed partial class Campaigns(CampaignStore store, PromotionBook promotions, CampaignWorker worker)
{
    private const int LongestSubject = 200;
    private const int LongestText = 5000;

    /// <summary>Starts a campaign, or finds the one that the id has already.</summary>
    /// <exception cref="AlreadyExistsException">The id belongs to another campaign.</exception>
    /// <exception cref="NotFoundException">There is no such promotion.</exception>
    /// <exception cref="InvalidArgumentException">Something cannot be right.</exception>
    public async Task<Campaign> StartAsync(StartCampaignRequest request, CancellationToken cancellationToken)
    {
        Check(request);
        var promotion = await promotions.FindAsync(request.PromotionId, cancellationToken);
        var asked = new Campaign
        {
            CampaignId = request.CampaignId,
            PromotionId = promotion.PromotionId,
            Subject = request.Subject.Length > 0 ? request.Subject : promotion.Name,
            Body = request.Text.Length > 0 ? request.Text : TextFor(promotion),
        };
        await store.BeginAsync(asked, cancellationToken);
        worker.Wake();
        var campaign = (await store.FindAsync(request.CampaignId, cancellationToken))!;

        // What was left to the service is not compared: the promotion may have got another name since.
        return campaign.PromotionId == asked.PromotionId
            && (request.Subject.Length == 0 || campaign.Subject == asked.Subject)
            && (request.Text.Length == 0 || campaign.Body == asked.Body)
            ? campaign
            : throw new AlreadyExistsException("The id belongs to another campaign.");
    }

    /// <summary>Gives a campaign.</summary>
    /// <exception cref="NotFoundException">There is none of that id.</exception>
    public async Task<Campaign> FindAsync(string campaignId, CancellationToken cancellationToken) =>
        (IdFormat().IsMatch(campaignId) ? await store.FindAsync(campaignId, cancellationToken) : null)
            ?? throw new NotFoundException("There is no campaign of that id.");

    /// <summary>Gives the newest campaigns.</summary>
    public Task<IReadOnlyList<Campaign>> ListAsync(CancellationToken cancellationToken) => store.ListAsync(cancellationToken);

    private static void Check(StartCampaignRequest request)
    {
        FieldViolation[] violations =
        [
            .. IdFormat().IsMatch(request.CampaignId) ? [] : new[] { new FieldViolation("campaign_id", "must be 1 to 100 letters, digits and hyphens") },
            .. request.Subject.Length <= LongestSubject && !request.Subject.Any(IsBreak)
                ? []
                : new[] { new FieldViolation("subject", $"must have at most {LongestSubject} characters and no line breaks") },
            .. request.Text.Length <= LongestText && !request.Text.Any(character => char.IsControl(character) && character is not ('\n' or '\r' or '\t'))
                ? []
                : new[] { new FieldViolation("text", $"must have at most {LongestText} characters of plain text") },
        ];
        if (violations.Length > 0)
        {
            throw new InvalidArgumentException(violations);
        }
    }

    // Line and paragraph separators are line breaks to some who read mails.
    private static bool IsBreak(char character) => char.IsControl(character) || character is '\u2028' or '\u2029';

    private static string TextFor(Promotion promotion) => promotion.Kind switch
    {
        PromotionKind.BuyTwoGetOneFree =>
            $"{promotion.Name}: put three or more books into your basket, and the cheapest of them is free. "
            + "Sign in to use it; it is yours once.",
        _ => $"{promotion.Name}: {promotion.Percent} % off. The price in your basket is the lower one already.",
    };

    [GeneratedRegex("^[A-Za-z0-9-]{1,100}$")]
    private static partial Regex IdFormat();
}
