using System.Data.Common;
using BooksForYou.Cart.Sales;
using BooksForYou.ServiceKit.Storage;
using BooksForYou.ServiceKit.Telemetry;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace BooksForYou.Cart.Campaigns;

/// <summary>The campaigns. Whoever works on one writes under its lease, as with sales.</summary>
internal sealed class CampaignStore([FromKeyedServices("Cart")] Database database, TimeProvider time, IOptions<CartOptions> options)
{
    private const int MostListed = 100;
    private const string Columns =
        """
        campaign_id AS CampaignId, promotion_id AS PromotionId, subject AS Subject, body AS Body, page_token AS PageToken,
        consents AS Consents, seen AS Seen, queued AS Queued, is_done AS IsDone, lease AS Lease, attempts AS Attempts,
        created_at AS CreatedAt, traceparent AS Trace
        """;

    private const string Held = "campaign_id = @CampaignId AND lease = @Lease AND NOT is_done";

    private readonly string _skipLocked = database.Dialect == DatabaseDialect.PostgreSql ? "FOR UPDATE SKIP LOCKED" : "";

    private DateTimeOffset LeaseUntil => time.GetUtcNow() + options.Value.Lease;

    /// <summary>Reads a campaign.</summary>
    public async Task<Campaign?> FindAsync(string campaignId, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<Campaign>(new CommandDefinition(
            $"SELECT {Columns} FROM campaign WHERE campaign_id = @campaignId", new { campaignId }, cancellationToken: cancellationToken));
    }

    /// <summary>Reads the newest campaigns.</summary>
    public async Task<IReadOnlyList<Campaign>> ListAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<Campaign>(new CommandDefinition(
            $"SELECT {Columns} FROM campaign ORDER BY created_at DESC, campaign_id LIMIT @MostListed",
            new { MostListed },
            cancellationToken: cancellationToken))).AsList();
    }

    /// <summary>Writes a new campaign that nobody works on yet, unless the id is taken.</summary>
    public Task BeginAsync(Campaign campaign, CancellationToken cancellationToken) => database.StatementAsync(
        (connection, token) => connection.ExecuteAsync(new CommandDefinition(
            """
            INSERT INTO campaign (
                campaign_id, promotion_id, subject, body, page_token, consents, seen, queued, is_done, lease, lease_until, attempts,
                created_at, updated_at, traceparent)
            VALUES (@CampaignId, @PromotionId, @Subject, @Body, '', 0, 0, 0, FALSE, 0, @Now, 0, @Now, @Now, @trace)
            ON CONFLICT DO NOTHING
            """,
            new { campaign.CampaignId, campaign.PromotionId, campaign.Subject, campaign.Body, Now = time.GetUtcNow(), trace = TraceParent.Current },
            cancellationToken: token)),
        cancellationToken);

    /// <summary>Writes how far the campaign is, and renews the lease.</summary>
    /// <returns>The campaign as it is.</returns>
    /// <exception cref="LeaseLostException">Somebody else has taken it over.</exception>
    public async Task<Campaign> AdvanceAsync(Campaign campaign) => await WriteAsync(
        $"""
        UPDATE campaign
        SET page_token = @PageToken, consents = @Consents, seen = @Seen, queued = @Queued, is_done = @IsDone, attempts = 0,
            lease_until = @Until, updated_at = @Now
        WHERE {Held}
        RETURNING 1
        """,
        new
        {
            campaign.CampaignId,
            campaign.Lease,
            campaign.PageToken,
            campaign.Consents,
            campaign.Seen,
            campaign.Queued,
            campaign.IsDone,
            Until = LeaseUntil,
            Now = time.GetUtcNow(),
        })
        ? campaign with { Attempts = 0 }
        : throw new LeaseLostException();

    /// <summary>Renews the lease.</summary>
    /// <returns>Whether it was still held.</returns>
    public Task<bool> RenewAsync(Campaign campaign) => WriteAsync(
        $"UPDATE campaign SET lease_until = @Until WHERE {Held} RETURNING 1",
        new { campaign.CampaignId, campaign.Lease, Until = LeaseUntil });

    /// <summary>Gives the lease back, for the campaign to be carried on after a pause, which doubles each time.</summary>
    public Task PostponeAsync(Campaign campaign) => WriteAsync(
        $"UPDATE campaign SET lease_until = @Until, attempts = attempts + 1 WHERE {Held} RETURNING 1",
        new { campaign.CampaignId, campaign.Lease, Until = time.GetUtcNow() + Backoff.After(campaign.Attempts) });

    /// <summary>Takes over a campaign that nobody works on; null when there is none. Whoever asks at the same time gets another.</summary>
    public Task<Campaign?> TakeStaleAsync(CancellationToken cancellationToken) => database.StatementAsync(
        (connection, token) => connection.QuerySingleOrDefaultAsync<Campaign>(new CommandDefinition(
            $"""
            UPDATE campaign
            SET lease = lease + 1, lease_until = @Until, updated_at = @Now
            WHERE campaign_id IN (
                SELECT campaign_id FROM campaign WHERE NOT is_done AND lease_until <= @Now ORDER BY lease_until LIMIT 1 {_skipLocked})
            RETURNING {Columns}
            """,
            new { Until = LeaseUntil, Now = time.GetUtcNow() },
            cancellationToken: token)),
        cancellationToken);

    private static async Task<bool> AnyAsync(DbConnection connection, string sql, object parameters) =>
        await connection.QuerySingleOrDefaultAsync<int?>(sql, parameters) is not null;

    private Task<bool> WriteAsync(string sql, object parameters) =>
        database.StatementAsync((connection, _) => AnyAsync(connection, sql, parameters));
}
