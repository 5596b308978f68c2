using System.Data;
using BooksForYou.ServiceKit.Storage;
using BooksForYou.ServiceKit.Telemetry;
using Dapper;

namespace BooksForYou.Accounts.Mails;

/// <summary>Mails about offers.</summary>
internal sealed class CampaignStore(Database database)
{
    /// <summary>Writes mails of a campaign, for those of some accounts that agreed to such mails and have none of it. What still waits gets this text too.</summary>
    /// <returns>How many were written.</returns>
    public Task<int> QueueAsync(
        string campaignId, string subject, string body, string[] accountIds, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var newId = database.Dialect == DatabaseDialect.PostgreSql ? "replace(gen_random_uuid()::text, '-', '')" : "lower(hex(randomblob(16)))";
        return database.TransactionAsync(
            IsolationLevel.ReadCommitted,
            async (connection, token) =>
            {
                await connection.ExecuteAsync(new CommandDefinition(
                    """
                    INSERT INTO campaign (campaign_id, subject, body, created_at) VALUES (@campaignId, @subject, @body, @now)
                    ON CONFLICT (campaign_id) DO UPDATE SET subject = @subject, body = @body
                    """,
                    new { campaignId, subject, body, now },
                    cancellationToken: token));
                return accountIds.Length == 0 ? 0 : await connection.ExecuteAsync(new CommandDefinition(
                    $"""
                    INSERT INTO mail (mail_id, account_id, kind, campaign_id, created_at, due_at, traceparent)
                    SELECT {newId}, account_id, 'CAMPAIGN', @campaignId, @now, @now, @trace FROM account
                    WHERE account_id {AnyOf.Sql(database, nameof(accountIds))} AND mail_consent AND email_confirmed
                    ON CONFLICT (campaign_id, account_id) DO NOTHING
                    """,
                    new { campaignId, accountIds, now, trace = TraceParent.Current },
                    cancellationToken: token));
            },
            cancellationToken);
    }

    /// <summary>How many mails of a campaign are in each state.</summary>
    public async Task<(long Waiting, long Sent, long Dead)> CountAsync(string campaignId, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var counts = (await connection.QueryAsync<(string State, long Count)>(new CommandDefinition(
            "SELECT state, COUNT(*) FROM mail WHERE campaign_id = @campaignId GROUP BY state",
            new { campaignId },
            cancellationToken: cancellationToken))).ToDictionary(row => row.State, row => row.Count);
        return (counts.GetValueOrDefault("WAITING"), counts.GetValueOrDefault("SENT"), counts.GetValueOrDefault("DEAD"));
    }
}
