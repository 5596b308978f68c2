using Google.Protobuf.WellKnownTypes;
using Contract = BooksForYou.Contracts.Cart.V1;

namespace BooksForYou.Cart.Campaigns;

/// <summary>A campaign, as its row says it stands.</summary>
internal sealed record Campaign
{
    public required string CampaignId { get; init; }

    public required string PromotionId { get; init; }

    public required string Subject { get; init; }

    public required string Body { get; init; }

    /// <summary>Where the accounts begin that were not looked at yet, in the list of Accounts; empty at the beginning.</summary>
    public string PageToken { get; init; } = "";

    /// <summary>How many accounts agreed to mails at the last look.</summary>
    public long Consents { get; init; }

    /// <summary>How many of them were looked at.</summary>
    public long Seen { get; init; }

    /// <summary>How many mails are in the outbox of Accounts, or were.</summary>
    public long Queued { get; init; }

    public bool IsDone { get; init; }

    /// <summary>The number of the lease under which somebody works on it: a later holder has a higher one.</summary>
    public long Lease { get; init; }

    /// <summary>How often it was put off because another service did not answer.</summary>
    public int Attempts { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>The trace of the request that started it; empty for none.</summary>
    public string Trace { get; init; } = "";

    public Contract.Campaign ToContract() => new()
    {
        CampaignId = CampaignId,
        PromotionId = PromotionId,
        Subject = Subject,
        Text = Body,
        CreateTime = Timestamp.FromDateTimeOffset(CreatedAt),
        Consents = Consents,
        Seen = Seen,
        Queued = Queued,
        Done = IsDone,
    };
}
