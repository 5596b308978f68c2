using BooksForYou.ServiceKit.Security;
using BooksForYou.ServiceKit.Storage;
using BooksForYou.ServiceKit.Telemetry;
using Dapper;

namespace BooksForYou.Accounts.Mails;

/// <summary>Writes mails into the outbox, and looks after those that were given up.</summary>
internal sealed class MailStore(Database database)
{
    /// <summary>Puts a mail to the owner of an account into the outbox.</summary>
    public const string InsertSql =
        "INSERT INTO mail (mail_id, account_id, kind, created_at, due_at, traceparent) VALUES (@mailId, @accountId, @kind, @now, @now, @trace)";

    // Nobody's mailbox can be flooded by somebody who asks for mails again and again.
    private const int MostOfAKind = 3;

    private static readonly TimeSpan Meanwhile = TimeSpan.FromHours(1);

    public static string NewId() => RandomId.New();

    /// <summary>Writes a mail with a link that sets a new password, if the address has an account and has not got several of late.</summary>
    public Task AddResetAsync(string emailFolded, DateTimeOffset now, CancellationToken cancellationToken) =>
        AddAsync(MailKind.Reset, "email_folded = @key", emailFolded, now, cancellationToken);

    /// <summary>Writes a mail with a link that confirms the address, unless it is confirmed or has got several of late.</summary>
    public Task AddConfirmationAsync(string accountId, DateTimeOffset now, CancellationToken cancellationToken) =>
        AddAsync(MailKind.Confirm, "account_id = @key AND NOT email_confirmed", accountId, now, cancellationToken);

    /// <summary>Gives mails that were given up, the newest first.</summary>
    /// <param name="before">Where the page before ended; null for the first page.</param>
    /// <param name="count">How many at most.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<StuckMailRow>> ListStuckAsync(StuckMailPosition? before, int count, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<StuckMailRow>(new CommandDefinition(
            $"""
            SELECT mail_id AS MailId, kind AS Kind, created_at AS CreatedAt, attempts AS Attempts, last_error AS LastError
            FROM mail
            WHERE state = 'DEAD' {(before is null ? "" : "AND (created_at, mail_id) < (@createdAt, @mailId)")}
            ORDER BY created_at DESC, mail_id DESC LIMIT @count
            """,
            before is null ? new { count } : new { count, createdAt = before.CreatedAt, mailId = before.MailId },
            cancellationToken: cancellationToken))).AsList();
    }

    /// <summary>Has a mail that was given up tried again.</summary>
    /// <returns>Whether there is such a mail, given up or not.</returns>
    public async Task<bool> RetryAsync(string mailId, DateTimeOffset now, CancellationToken cancellationToken) => await database.StatementAsync(
        (connection, token) => connection.ExecuteAsync(new CommandDefinition(
            """
            UPDATE mail SET
                due_at = CASE WHEN state = 'DEAD' THEN @now ELSE due_at END,
                attempts = CASE WHEN state = 'DEAD' THEN 0 ELSE attempts END,
                state = CASE WHEN state = 'DEAD' THEN 'WAITING' ELSE state END
            WHERE mail_id = @mailId
            """,
            new { mailId, now },
            cancellationToken: token)),
        cancellationToken) > 0;

    /// <summary>When an account was sent mails about offers.</summary>
    public async Task<IReadOnlyList<DateTimeOffset>> CampaignTimesAsync(string accountId, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<DateTimeOffset>(new CommandDefinition(
            "SELECT sent_at FROM mail WHERE account_id = @accountId AND kind = 'CAMPAIGN' AND state = 'SENT' ORDER BY sent_at",
            new { accountId },
            cancellationToken: cancellationToken))).AsList();
    }

    /// <summary>Deletes mails that have done their work. Those of campaigns stay: an account gets one of each.</summary>
    public Task<int> SweepAsync(DateTimeOffset now, CancellationToken cancellationToken) => database.StatementAsync(
        (connection, token) => connection.ExecuteAsync(new CommandDefinition(
            "DELETE FROM mail WHERE state = 'SENT' AND kind <> 'CAMPAIGN' AND created_at < @before",
            new { before = now - TimeSpan.FromDays(30) },
            cancellationToken: token)),
        cancellationToken);

    private Task<int> AddAsync(string kind, string condition, string key, DateTimeOffset now, CancellationToken cancellationToken) => database.StatementAsync(
        (connection, token) => connection.ExecuteAsync(new CommandDefinition(
            $"""
            INSERT INTO mail (mail_id, account_id, kind, created_at, due_at, traceparent)
            SELECT @mailId, account_id, @kind, @now, @now, @trace FROM account
            WHERE {condition} AND @most > (
                SELECT COUNT(*) FROM mail AS earlier
                WHERE earlier.account_id = account.account_id AND earlier.kind = @kind AND earlier.created_at > @since)
            """,
            new { mailId = NewId(), kind, key, now, since = now - Meanwhile, most = MostOfAKind, trace = TraceParent.Current },
            cancellationToken: token)),
        cancellationToken);
}
